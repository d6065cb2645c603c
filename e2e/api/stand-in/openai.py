# Stands in for the package `openai`, which the tests do not install: the functions that samples call,
# with the parameters that the package has, and its way of writing requests (openai-python,
# `_base_client.py`, `_qs.py`). What it does not name is a TypeError here as well.
import json
import types
import urllib.request
import uuid

GENERATE = "prompt background model moderation n output_compression output_format partial_images"
GENERATE += " quality response_format size stream style user"
EDIT = "image prompt background input_fidelity mask model n output_compression output_format"
EDIT += " partial_images quality response_format size stream user"
CHAT = "messages model audio frequency_penalty logit_bias logprobs max_completion_tokens max_tokens"
CHAT += " metadata modalities n parallel_tool_calls prediction presence_penalty reasoning_effort"
CHAT += " response_format seed service_tier stop store stream stream_options temperature tool_choice"
CHAT += " tools top_logprobs top_p user verbosity"


def checked(names, given):
    for name in given:
        if name not in names.split():
            raise TypeError(f"got an unexpected keyword argument '{name}'")
    return given


def as_object(value):
    if isinstance(value, list):
        return [as_object(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = types.SimpleNamespace(**{name: as_object(item) for name, item in value.items()})
    made.model_dump = lambda: value
    return made


class OpenAI:
    def __init__(self, *, base_url, api_key, timeout, max_retries):
        assert max_retries == 0
        self.base_url, self.api_key, self.timeout = base_url, api_key, timeout
        self.images = types.SimpleNamespace(generate=self._generate, edit=self._edit)
        completions = types.SimpleNamespace(create=self._create)
        self.chat = types.SimpleNamespace(completions=completions)

    def _generate(self, *, extra_body=None, **given):
        return self._json("/images/generations", checked(GENERATE, given), extra_body)

    def _create(self, *, extra_body=None, **given):
        return self._json("/chat/completions", checked(CHAT, given), extra_body)

    def _edit(self, *, extra_body=None, **given):
        given = {**checked(EDIT, given), **(extra_body or {})}
        image, mask = given.pop("image"), given.pop("mask", None)
        boundary = uuid.uuid4().hex
        parts = []
        for name, value in given.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            parts.append((f'name="{name}"', text.encode()))
        files = [("image[]", one) for one in image] if isinstance(image, list) else [("image", image)]
        for name, (file, data, kind) in files + ([("mask", mask)] if mask else []):
            parts.append((f'name="{name}"; filename="{file}"\r\nContent-Type: {kind}', data))
        body = b"".join(
            f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
            for head, data in parts
        )
        kind = f"multipart/form-data; boundary={boundary}"
        return self._post("/images/edits", kind, body + f"--{boundary}--\r\n".encode())

    def _json(self, path, given, extra_body):
        fields = {**given, **(extra_body or {})}
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return self._post(path, "application/json", body.encode())

    def _post(self, path, kind, body):
        headers = {"Authorization": f"Bearer {self.api_key}", "Content-Type": kind}
        request = urllib.request.Request(self.base_url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:
            text = answer.read().decode()
            is_stream = answer.headers.get_content_type() == "text/event-stream"
        if not is_stream:
            return as_object(json.loads(text))
        events = [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]
        return [as_object(json.loads(event)) for event in events if event != "[DONE]"]
