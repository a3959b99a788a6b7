// What every form of the desk has where script runs; without it the same form is filled in and sent as it stands.
import "./finder.js";
import "./keys.js";
import "./when.js";
import "./autosave.js";
