"""Reads forms with Python's parsers.

In: a JSON list of {contentType, base64}. Out: the names of the parsers, and for each form what each of
them reads: a list of parts, or null where it refuses the form.
"""

import base64
import email.utils
import io
import json
import sys
import warnings

warnings.simplefilter("ignore")


def part(kind, name, content):
    content = content.encode() if isinstance(content, str) else content
    return {"kind": kind, "name": name, "hex": content.hex()}


def by_email(kind, body):
    message = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    if not message.is_multipart() or message.defects:
        raise ValueError
    parts = []
    for item in message.get_payload():
        name = item.get_param("name", header="content-disposition")
        name = email.utils.collapse_rfc2231_value(name)
        is_file = item.get_filename() is not None
        parts.append(part("file" if is_file else "text", name, item.get_payload(decode=True)))
    return parts


def by_cgi(kind, body):
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
    }
    form = cgi.FieldStorage(io.BytesIO(body), environ=environ, keep_blank_values=True)
    return [part("text" if item.filename is None else "file", item.name, item.value) for item in form.list]


def by_werkzeug(kind, body):
    _, texts, files = FormDataParser(silent=False).parse(io.BytesIO(body), parse_options_header(kind)[0], len(body), parse_options_header(kind)[1])
    return [part("text", *item) for item in texts.items(multi=True)] + [
        part("file", name, file.read()) for name, file in files.items(multi=True)
    ]


def by_multipart(kind, body):
    parts = []
    add = lambda kind, name, content: parts.append(part(kind, (name or b"").decode(), content))

    def on_file(file):
        file.file_object.seek(0)
        add("file", file.field_name, file.file_object.read())

    headers = {"Content-Type": kind, "Content-Length": str(len(body))}
    python_multipart.parse_form(
        headers, io.BytesIO(body), lambda field: add("text", field.field_name, field.value or b""), on_file
    )
    return parts


parsers = {"email": by_email}
# Not every Python has these.
try:
    import cgi

    parsers["cgi"] = by_cgi
except ImportError:
    pass
try:
    from werkzeug.formparser import FormDataParser
    from werkzeug.http import parse_options_header

    parsers["werkzeug"] = by_werkzeug
except ImportError:
    pass
try:
    import python_multipart

    parsers["python_multipart"] = by_multipart
except ImportError:
    pass


def read(parser, body):
    try:
        return parser(body["contentType"], base64.b64decode(body["base64"]))
    except Exception:
        return None


bodies = json.load(sys.stdin)
readings = [{name: read(parser, body) for name, parser in parsers.items()} for body in bodies]
json.dump({"parsers": list(parsers), "readings": readings}, sys.stdout)
