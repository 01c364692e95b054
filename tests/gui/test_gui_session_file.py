"""How the window was left is written when it closes; nobody waits for the disk meanwhile."""

from twinlens.gui.session_file import FILE_NAME, SessionFile


def test_nothing_is_written_while_things_change_and_everything_at_the_end(qapp, tmp_path):
    one, other = SessionFile(tmp_path), SessionFile(tmp_path)
    for step in range(20):
        one.setValue("sliders/burst", step)
        qapp.processEvents()
    assert not (tmp_path / FILE_NAME).exists()
    assert other.value("sliders/burst") == 19
    one.sync()
    assert "burst=19" in (tmp_path / FILE_NAME).read_text()
