"""Checks that the libraries of fixtures/examples have the same methods, and that each README lists them all.

    same_methods.py ROOT
"""

import pathlib
import re
import sys

PARTS = ["Emulator", "Clock", "Faults", "Requests", "Videos", "Transitions", "Snapshots"]
LANGUAGES = {
    "python": (["msc_emulator/control.py", "msc_emulator/emulator.py"], r"^class (\w+)", r"^    def ([a-z]\w*)\("),
    "node": (["index.d.ts"], r"^export interface (\w+) {", r"^  (\w+)\("),
    "csharp": (["MscEmulator.cs"], r"^    public sealed class (\w+)", r"^        public (?!static)[^(=]+ (\w+)\("),
}
OWN = {"Dispose", "log"}  # Of one language, or a property in the others.


def in_camel_case(name):
    name = re.sub(r"_(\w)", lambda match: match[1].upper(), name)
    return name[0].lower() + name[1:]


def methods_of(folder, files, class_pattern, method_pattern):
    found, part = {}, None
    for line in "\n".join((folder / file).read_text() for file in files).splitlines():
        if match := re.match(class_pattern, line):
            part = match[1].replace("MscEmulator", "Emulator")
        elif re.match(r"^    (public|internal) .*class ", line):
            part = None
        elif (match := re.match(method_pattern, line)) and part in PARTS and match[1] not in OWN:
            found.setdefault(part, {})[in_camel_case(match[1])] = match[1]
    return found


examples = pathlib.Path(sys.argv[1], "fixtures/examples")
libraries = {name: methods_of(examples / name, *what) for name, what in LANGUAGES.items()}
names = {language: {part: set(methods) for part, methods in found.items()} for language, found in libraries.items()}
failed = [f"{part}: {[sorted(names[language].get(part, ())) for language in names]}" for part in PARTS
          if len({frozenset(names[language].get(part, ())) for language in names}) != 1 or not names["node"].get(part)]
for language, found in libraries.items():
    readme = (examples / language / "README.md").read_text()
    for part, methods in found.items():
        row = next(line for line in readme.splitlines() if re.match(rf"\| `emulator(\.{part})?` \|", line, re.IGNORECASE)
                   and (part == "Emulator") == ("emulator`" in line.split("|")[1]))
        failed += [f"{language}/README.md: {part} has {name}" for name in methods.values() if f"`{name}(" not in row]
print("\n".join(failed))
sys.exit(bool(failed))
