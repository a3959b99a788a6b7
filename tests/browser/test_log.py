"""The log for people: the slip's receipt, the portal's page, the offline page from a file, the auditor's page."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import complaints
from tests.browser.test_axe import look, look_again
from tests.cast import MORNING, Cast, registered
from tests.trace.receipts import HOST, FakeWitness, published, taken
from xinfang.petitions.models import Demand
from xinfang.trace import nightly, offline, receipts, sequencer, signers, witnesses
from xinfang.trace.models import Cosignature
from xinfang.trace.notes import Note, Signature

SitDown = Callable[[str], Page]


def test_the_log_on_the_desk(sit_down: SitDown, cast: Cast) -> None:
    page = sit_down("administrator")
    assert look(page, "/desk/log/", "log-empty") == []
    assert look(page, "/desk/log/witnesses/enrol/", "witness-enrol") == []
    team = [FakeWitness.numbered(n) for n in range(1, 9)]
    for one in team:
        one.enrol(is_independent=one is not team[0])
    registered(cast)
    checkpoint = published()
    for one in team[:5]:
        one.sign(checkpoint)
    nightly.verified()
    assert look(page, "/desk/log/", "log") == []
    Demand.objects.update(text="x")
    nightly.verified()
    assert look(page, "/desk/log/", "log-lie") == []


def test_the_slip_bears_a_code_and_the_proof_comes_by_itself(sit_down: SitDown, cast: Cast) -> None:
    page, number = sit_down("registrar"), registered(cast).petition.number
    page.goto(f"/desk/petitions/{number}/slip/")
    assert page.locator("#proof [data-ready]").count() == 0
    assert look_again(page, "slip-promise") == []
    sequencer.place_all()
    page.wait_for_selector("#proof [data-ready]")
    assert look_again(page, "slip-proof") == []
    assert page.locator("svg.qr").is_visible()
    page.focus("#receipt")
    page.keyboard.press("Space")
    assert page.locator("svg.qr").is_hidden()
    page.reload()
    assert page.locator("svg.qr").is_hidden()
    with page.expect_download() as download:
        page.click("text=取凭证文件")
    assert download.value.suggested_filename == f"{number}.tlog-proof"
    assert look(page, f"/desk/petitions/{number}/slip/proof/", "proof") == []


def test_a_receipt_on_the_portal(window: BrowserContext, cast: Cast) -> None:
    page, receipt = window.new_page(), taken(cast, witnesses_count=2)
    assert look(page, "/receipt/", "receipt") == []
    page.fill("#text", receipt.proof or "")
    page.focus("form[action='/receipt/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#holds")
    assert look_again(page, "receipt-holds") == []
    page.fill("#text", "你好")
    page.click("form[action='/receipt/'] button")
    page.wait_for_selector("[role=alert]")
    assert look_again(page, "receipt-wrong") == []


def told(page: Page, text: str, keys: str) -> tuple[str, str]:
    """What the offline page says, and whether as good or bad."""
    page.fill("#keys", keys)
    page.fill("#text", text)
    page.focus("form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said.good, #said.bad")
    said, mark = page.inner_text("#said"), page.get_attribute("#said", "class") or ""
    page.evaluate("document.getElementById('said').className = ''")
    return said, mark


OTHER = signers.KeySigner("xinfang-610116/log", bytes([1]) * 32)


def promise_by(signer: signers.Signer, *, log: str = "xinfang-610115/log", at: str = "2026-06-15T01:00:00Z") -> str:
    text = f"xinfang-receipt/v1\n{log}\n6101152026LX000001\n{'A' * 43}=\n{at}\n"
    made = Signature(signer.verifier.name, signer.verifier.id, signer.sign(text.encode()))
    return str(Note(text, (made,)))


def test_the_offline_page_from_a_file(browser: Browser, cast: Cast, tmp_path: Path) -> None:
    """No server, no network: file:// and nothing else."""
    receipt = taken(cast, witnesses_count=1)
    keys, proof = "\n".join(receipts.public_keys()), receipt.proof or ""
    (tmp_path / "verify.html").write_bytes(offline.read("verify.html"))
    (tmp_path / "a.tlog-proof").write_bytes(proof.encode())
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", offline=True)
    page = context.new_page()
    page.goto(f"file://{tmp_path}/verify.html")
    assert complaints(page) == []
    said, mark = told(page, proof, keys)
    assert mark == "good"
    assert f"{receipt.number} 于" in said
    assert "第 6 条，日志当时共 10 条" in said
    assert "w1.example/witness" in said
    assert told(page, receipt.promise, keys)[1] == "good"
    said, mark = told(page, proof, keys.split("\n")[0])
    assert (mark, "见证方 w1.example/witness 的签名没有核对（您没有给出它的公钥）" in said) == ("good", True), said
    for wrong, with_keys, sentence in (
        (proof.replace("index 5", "index 4"), keys, "证明与检查点不符"),
        (proof[:-40], keys, "文件"),
        (proof, keys.replace("610115", "610116"), "公钥的类型不对"),
        (proof, "", "第一行应当是日志的公钥"),
        ("你好", keys, "文件不完整"),
        ("", keys, "文件不完整"),
        (proof + proof.rstrip("\n").rpartition("\n")[2] + "\n", keys, "或者写了两次"),
        (promise_by(OTHER), f"{keys}\n{OTHER.verifier.vkey}", "没有日志的签名"),
        (promise_by(signers.signer(), at="2099-01-01T00:00:00Z"), keys, "时间在将来"),
        (promise_by(signers.signer(), log="xinfang-610116/log"), keys, "另一个日志的：xinfang-610116/log"),
    ):
        said, mark = told(page, wrong, with_keys)
        assert (mark, sentence in said) == ("bad", True), said
    page.fill("#text", "")
    page.set_input_files("#file", tmp_path / "a.tlog-proof")
    page.wait_for_function("() => document.getElementById('text').value.length > 100")
    assert told(page, page.input_value("#text"), keys)[1] == "good"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    (tmp_path / "film.mp4").write_bytes(bytes(2_000_000))
    page.set_input_files("#file", tmp_path / "film.mp4")
    page.wait_for_selector("#said.bad")
    assert page.inner_text("#said") == "不成立：这个文件太大，不是凭证。"
    (tmp_path / "photo.jpg").write_bytes(bytes(range(256)))
    page.set_input_files("#file", tmp_path / "photo.jpg")
    page.wait_for_function("() => document.getElementById('text').value.length < 300")
    assert told(page, page.input_value("#text"), keys)[1] == "bad"
    context.close()


def test_every_byte_matters_to_the_offline_page_too(browser: Browser, cast: Cast, tmp_path: Path) -> None:
    receipt = taken(cast, witnesses_count=1)
    (tmp_path / "verify.html").write_bytes(offline.read("verify.html"))
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/verify.html")
    passed = page.evaluate(
        """async ([text, keys]) => {
            const passed = [];
            for (let at = 0; at < text.length; at += 5) {
                const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
                try { await check(other, keys); passed.push(at); } catch { }
            }
            await check(text, keys);
            return passed;
        }""",
        [receipt.proof, "\n".join(receipts.public_keys())],
    )
    assert passed == []
    page.close()


def test_a_witness_elsewhere_signs_over_the_wire(server: str, cast: Cast, tmp_path: Path) -> None:
    """The one file, another process, real HTTP."""
    (tmp_path / "witness.pyz").write_bytes(offline.witness_pyz())

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "witness.pyz", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120)

    key = signers.signer().verifier.vkey
    made = run("setup", "--name", "city.example/witness", "--log", f"{server}/log", "--key", key)
    assert made.returncode == 0, made.stdout
    vkey = made.stdout.strip().split("\n")[-1]
    witnesses.enrol(vkey=vkey, operator="市信访局", is_independent=True, by=HOST, at=MORNING)
    for n in (1, 2):
        registered(cast)
        size = published().size
        done = run("run")
        assert (done.returncode, f"已签：{size} 条" in done.stdout) == (0, True), done.stdout + done.stderr
        assert Cosignature.objects.count() == n
    assert "已经签过" in run("run").stdout
