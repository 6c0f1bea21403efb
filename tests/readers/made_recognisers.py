"""The same two sentences as each recogniser writes them: «Se abre la sesión.» at 1.5 s, «Adelante, maestra.» at 4 s."""

from __future__ import annotations

from typing import Any

FIRST, SECOND = "Se abre la sesión.", "Adelante, maestra."


def _words(key: str, **more: str) -> list[dict[str, Any]]:
    """The two sentences word by word, under the keys of a program."""
    timed = [(1.5 + 0.3 * n, word, 0) for n, word in enumerate(FIRST.split())]
    timed += [(4.0 + 0.3 * n, word, 1) for n, word in enumerate(SECOND.split())]
    named = {"start": more.get("start", "start"), "end": more.get("end", "end")}
    form = more.get("form", "{}")
    return [
        {key: word, named["start"]: _time(begins, form), named["end"]: _time(begins + 0.2, form), more["voice"]: voice}
        if "voice" in more
        else {key: word, named["start"]: _time(begins, form), named["end"]: _time(begins + 0.2, form)}
        for begins, word, voice in timed
    ]


def _time(seconds: float, form: str) -> Any:
    return round(seconds, 3) if form == "{}" else form.format(round(seconds, 3))


def _signs(word: str) -> tuple[str, str]:
    return word.rstrip(".,"), word[len(word.rstrip(".,")) :]


def _aws() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for word in _words("word", form="{}", voice="speaker"):
        bare, sign = _signs(word["word"])
        said = {"type": "pronunciation", "alternatives": [{"content": bare}]}
        items.append(said | {"start_time": str(word["start"]), "end_time": str(word["end"])})
        if sign:
            items.append({"type": "punctuation", "alternatives": [{"content": sign}]})
    return items


def _spoken(voice: str) -> dict[str, Any]:
    words = [word for word in _words("word", voice="speaker") if f"spk_{word['speaker']}" == voice]
    items = [{"start_time": str(w["start"]), "end_time": str(w["end"]), "speaker_label": voice} for w in words]
    return {"speaker_label": voice, "start_time": items[0]["start_time"], "items": items}


def _rev(voice: int) -> dict[str, Any]:
    elements: list[dict[str, Any]] = []
    for word in (word for word in _words("word", voice="speaker") if word["speaker"] == voice):
        bare, sign = _signs(word["word"])
        elements += [
            {"type": "text", "value": bare, "ts": word["start"], "end_ts": word["end"]},
            {"type": "punct", "value": f"{sign} "},
        ]
    return {"speaker": voice, "elements": elements}


def _speechmatics() -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    for word in _words("word", voice="speaker"):
        bare, sign = _signs(word["word"])
        voice = f"S{word['speaker'] + 1}"
        said = {"type": "word", "start_time": word["start"], "end_time": word["end"]}
        results.append(said | {"alternatives": [{"content": bare, "speaker": voice}]})
        if sign:
            told = {"type": "punctuation", "start_time": word["end"], "end_time": word["end"]}
            results.append(told | {"alternatives": [{"content": sign, "speaker": voice}]})
    return results


def _pair(text: str, start: str, end: str, unit: float = 1.0, **voices: tuple[Any, Any]) -> list[dict[str, Any]]:
    """The two sentences under the keys of a program."""
    rows = [{text: FIRST, start: 1.5 * unit, end: 3 * unit}, {text: SECOND, start: 4 * unit, end: 5 * unit}]
    return [row | {key: pair[n] for key, pair in voices.items()} for n, row in enumerate(rows)]


NOBODY = (None, None)
SHAPES: dict[str, tuple[Any, tuple[str | None, str | None]]] = {
    "Whisper": ({"text": "…", "segments": _pair("text", "start", "end"), "language": "es"}, NOBODY),
    "WhisperX": (
        {"segments": _pair("text", "start", "end", speaker=("SPEAKER_00", "SPEAKER_01"))},
        ("SPEAKER_00", "SPEAKER_01"),
    ),
    "faster-whisper": ([[1, 0, 1.5, 3.0, f" {FIRST}", [7]], [2, 0, 4.0, 5.0, f" {SECOND}", [8]]], NOBODY),
    "whisper.cpp": (
        {
            "transcription": [
                {"offsets": {"from": 1500, "to": 3000}, "timestamps": {"from": "00:00:01,500"}, "text": f" {FIRST}"},
                {"offsets": {"from": 4000, "to": 5000}, "timestamps": {"from": "00:00:04,000"}, "text": f" {SECOND}"},
            ]
        },
        NOBODY,
    ),
    "transformers": (
        {"chunks": [{"timestamp": [1.5, 3], "text": FIRST}, {"timestamp": [4, None], "text": SECOND}]},
        NOBODY,
    ),
    "OpenAI, by words": ({"words": _words("word")}, NOBODY),
    "AWS, old": (
        {"results": {"items": _aws(), "speaker_labels": {"segments": [_spoken("spk_0"), _spoken("spk_1")]}}},
        ("spk_0", "spk_1"),
    ),
    "AWS, by segments": (
        {
            "results": {
                "items": _aws(),
                "audio_segments": [
                    {"transcript": FIRST, "start_time": "1.5", "end_time": "3", "speaker_label": "spk_0"},
                    {"transcript": SECOND, "start_time": "4.0", "end_time": "5", "speaker_label": "spk_1"},
                ],
            }
        },
        ("spk_0", "spk_1"),
    ),
    "AssemblyAI": (
        {"utterances": _pair("text", "start", "end", 1000, speaker=("A", "B"))},
        ("Hablante A", "Hablante B"),
    ),
    "Deepgram": (
        {"results": {"channels": [], "utterances": _pair("transcript", "start", "end", speaker=(0, 1))}},
        ("Hablante 0", "Hablante 1"),
    ),
    "Deepgram, by words": (
        {"results": {"channels": [{"alternatives": [{"words": _words("punctuated_word", voice="speaker")}]}]}},
        ("Hablante 0", "Hablante 1"),
    ),
    "Azure": (
        {
            "recognizedPhrases": [
                {"speaker": 1, "offset": "PT1.5S", "duration": "PT1.5S", "nBest": [{"display": FIRST}]},
                {"speaker": 2, "offset": "PT4S", "duration": "PT1S", "nBest": [{"display": SECOND}]},
            ]
        },
        ("Hablante 1", "Hablante 2"),
    ),
    "Google": (
        {
            "results": [
                {"alternatives": [{"words": _words("word", start="startTime", end="endTime", form="{}s")}]},
                {
                    "alternatives": [
                        {"words": _words("word", start="startTime", end="endTime", form="{}s", voice="speakerTag")}
                    ]
                },
            ]
        },
        ("Hablante 0", "Hablante 1"),
    ),
    "Rev": ({"monologues": [_rev(0), _rev(1)]}, ("Hablante 0", "Hablante 1")),
    "Speechmatics": ({"results": _speechmatics()}, ("S1", "S2")),
    "Vosk": ([{"result": _words("word")[:4], "text": "…"}, {"result": _words("word")[4:], "text": "…"}], NOBODY),
    "podcasts": (
        {"segments": _pair("body", "startTime", "endTime", speaker=("Elvira Montes", "Persona 2"))},
        ("Elvira Montes", "Persona 2"),
    ),
    "youtube-transcript-api": ([{"text": FIRST, "start": "1.5", "dur": "1"}, {"text": SECOND, "start": "4"}], NOBODY),
    "lists of transcripts": ([[{"text": FIRST, "start": 1.5}, {"text": SECOND, "start": 4}]], NOBODY),
    "by video": ({"kX": [{"text": FIRST, "start": 1.5}, {"text": SECOND, "start": 4}]}, NOBODY),
}
"""What each program writes, and whom the reader is to find."""
