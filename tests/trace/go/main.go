// Does golang.org/x/mod/sumdb, which nobody here wrote, accept what this log makes?
//
// usage: main FOLDER. The folder holds vkey, checkpoint, checkpoint.old, receipt.tlog-proof, record, consistency and the log's
// tiles under log/tile/<L>/<N>[.p/<W>].
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return data
}

// A checkpoint's body is that of C2SP; ParseTree knows only Go's own first line.
func parse(text, origin string) tlog.Tree {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		must(fmt.Errorf("not a checkpoint of %s: %q", origin, text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	hash, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: hash}
}

func open(data []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(verifier))
	must(err)
	return parse(opened.Text, verifier.Name())
}

// Reads tiles at C2SP's paths, which have no height in them.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) path(tile tlog.Tile) string {
	whole := tile.Path() // tile/8/<L>/<N>[.p/<W>]
	return filepath.Join(t.folder, "log", "tile", strings.TrimPrefix(whole, "tile/8/"))
}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(wanted))
	for i, tile := range wanted {
		data, err := os.ReadFile(t.path(tile))
		if err != nil {
			return nil, err
		}
		found[i] = data
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func hashes(lines []string) []tlog.Hash {
	found := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		must(err)
		found = append(found, hash)
	}
	return found
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(folder, "vkey"))))
	must(err)
	tree := open(read(folder, "checkpoint"), verifier)
	old := open(read(folder, "checkpoint.old"), verifier)

	// The receipt: promise, inclusion proof, checkpoint.
	head, rest, _ := strings.Cut(string(read(folder, "receipt.tlog-proof")), "\n\n")
	lines := strings.Split(head, "\n")
	promise, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	promised, err := note.Open(promise, note.VerifierList(verifier))
	must(err)
	leaf, err := base64.StdEncoding.DecodeString(strings.Split(promised.Text, "\n")[3])
	must(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	at := open([]byte(rest), verifier)
	must(tlog.CheckRecord(hashes(lines[3:]), at.N, at.Hash, index, tlog.RecordHash(leaf)))

	// The log grew from the old checkpoint to the new one.
	consistency := strings.Fields(string(read(folder, "consistency")))
	must(tlog.CheckTree(hashes(consistency), tree.N, tree.Hash, old.N, old.Hash))

	// Go's own reader walks our tiles, authenticates them, and makes the same proofs from them.
	reader := tlog.TileHashReader(tree, tiles{folder})
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	must(err)
	must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	for n := int64(0); n < tree.N; n++ {
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		must(err)
		bundle := tlog.TileForIndex(8, tlog.StoredHashIndex(0, n))
		if width := tree.N - bundle.N*256; width < 256 {
			bundle.W = int(width)
		} else {
			bundle.W = 256
		}
		bundle.L = 0
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entry(folder, bundle, n%256))))
	}
	fmt.Printf("accepted %d entries, receipt %d, growth from %d\n", tree.N, index, old.N)
}

// One entry of a bundle: each is preceded by its length in two bytes.
func entry(folder string, tile tlog.Tile, i int64) []byte {
	path := strings.TrimPrefix(tile.Path(), "tile/8/0/")
	data := bytes.NewReader(read(folder, "log", "tile", "entries", path))
	for {
		var length uint16
		must(binary.Read(data, binary.BigEndian, &length))
		found := make([]byte, length)
		_, err := data.Read(found)
		must(err)
		if i == 0 {
			return found
		}
		i--
	}
}
