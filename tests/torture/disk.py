"""A disk that loses power: what may be left of the calls that a journal of the shim (shim.h) tells of.

What was flushed stands. Of what was not, there may be all, nothing, or any sectors in any order; names
that were made, moved or removed reach the disk in their order, but only a flushed folder is sure to have
them. Nothing is assumed of a file system beyond that.
"""
import os
import shutil

SECTOR = 512
FOLDER = "folder"


class Thing:
    """A file's bytes: as they stand on the disk, and the calls since it was flushed."""

    def __init__(self, data=b""):
        self.data, self.pending = data, []

    def flush(self):
        self.data, self.pending = self.after(self.pending), []

    def after(self, calls):
        data = bytearray(self.data)
        for offset, piece in calls:
            if piece is None:  # cut, or stretched, to that size
                del data[offset:]
                data += bytes(offset - len(data))
                continue
            data += bytes(max(0, offset - len(data)))
            data[offset:offset + len(piece)] = piece
        return bytes(data)

    def torn(self, chance, luck):
        """Some sectors of what is pending, some not."""
        kept = []
        for offset, piece in self.pending:
            if piece is None:
                kept += [(offset, None)] if luck.random() < chance else []
                continue
            end = offset + len(piece)
            while offset < end:
                stop = min(end, (offset // SECTOR + 1) * SECTOR)
                if luck.random() < chance:
                    kept.append((offset, piece[len(piece) - (end - offset):len(piece) - (end - stop)]))
                offset = stop
        return self.after(kept)


def read_journal(path):
    """The calls, in their order: (name, arguments, bytes of a write)."""
    with open(path, "rb") as f:
        while line := f.readline():
            name, *arguments = line.decode().rstrip("\n").split("\t")
            yield name, arguments, f.read(int(arguments[2])) if name == "write" else None


class Disk:
    def __init__(self, folder):
        """All that stands in the folder is on the disk."""
        self.folder = os.path.abspath(folder)
        self.things, self.names, self.pending = {}, {}, []
        for at, folders, names in os.walk(self.folder):
            for name in folders:
                self.names[os.path.join(at, name)] = FOLDER
            for name in names:
                path = os.path.join(at, name)
                with open(path, "rb") as f:
                    thing = Thing(f.read())
                self.names[path] = self.things[str(os.stat(path).st_ino)] = thing

    def call(self, name, arguments, piece):
        thing = self.things.get(arguments[0])
        if name == "write" and thing:
            thing.pending.append((int(arguments[1]), piece))
        elif name == "truncate" and thing:
            thing.pending.append((int(arguments[1]), None))
        elif name == "sync" and thing:
            thing.flush()
        elif name == "create":
            path = os.path.normpath(arguments[1])
            before = self._names(len(self.pending)).get(path)
            if before:  # opened to be written anew
                before.pending.append((0, None))
                return
            self.things[arguments[0]] = thing = Thing()
            self.pending.append({path: thing})
        elif name == "folder-made":
            self.pending.append({os.path.normpath(arguments[0]): FOLDER})
        elif name == "rename":
            old, new = (os.path.normpath(a) for a in arguments)
            self.pending.append({new: self._names(len(self.pending)).get(old), old: None})
        elif name == "remove":
            self.pending.append({os.path.normpath(arguments[0]): None})
        elif name == "folder":
            self._flush_folder(os.path.normpath(arguments[0]))

    def _flush_folder(self, folder):
        later = []
        for change in self.pending:
            if os.path.dirname(next(iter(change))) == folder:
                self._change(self.names, change)
            else:
                later.append(change)
        self.pending = later

    @staticmethod
    def _change(names, change):
        for path, thing in change.items():
            if thing is None:
                names.pop(path, None)
            else:
                names[path] = thing

    def _names(self, count):
        names = dict(self.names)
        for change in self.pending[:count]:
            self._change(names, change)
        return names

    def leave(self, how, luck):
        """Lays what is left into the folder. how: `flushed` nothing but what was flushed; `named` all names,
        of the files nothing but what was flushed; `torn` some names, some sectors."""
        count = {"flushed": 0, "named": len(self.pending)}.get(how, luck.randint(0, len(self.pending)))
        chance = luck.choice((0.1, 0.5, 0.9))
        names = self._names(count)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        for path in sorted(p for p in names if names[p] is FOLDER):
            if os.path.isdir(os.path.dirname(path)):
                os.mkdir(path)
        for path, thing in names.items():
            if thing is FOLDER or not os.path.isdir(os.path.dirname(path)):
                continue
            with open(path, "wb") as f:
                f.write(thing.torn(chance, luck) if how == "torn" else thing.data)
