"""The check before class: a button with which a teacher's browser sees for itself whether the lesson can begin."""

from collections.abc import Mapping

import streamlit as st

from geo.wording.language import Language
from ui import markup, pages


def check_before_class(files: Mapping[str, int], language: Language) -> None:
    """The button and the place of its verdict, for `files` by their addresses with their sizes in bytes.

    The browser does the rest, so that it works without a network too.
    """
    text = language.text
    markup.render_with_script(
        "preflight.html",
        "preflight.js",
        heading=text("Check before class"),
        purpose=text(
            "Run it in the room, on the machine and network of the lesson. It fetches every file that the map needs "
            "and then opens the map once, out of sight."
        ),
        button=text("Check now"),
        files=dict(files),
        rehearsal=f"./?lang={language.code}",
        words=_words(language),
    )


def link(language: Language) -> None:
    """The way to the check, for the foot of a page."""
    st.page_link(pages.file("status"), label=language.text("Check before class"), icon=":material/task_alt:")


def _words(language: Language) -> dict[str, str]:
    """What the script may have to say, by the script's names; it fills the {slots}."""
    text = language.text
    return {
        "checking": text("Checking {n} files …"),
        "rehearsing": text("The files are here. Opening the map once …"),
        "ready": text("Ready."),
        "not_ready": text("Not ready yet."),
        "answers": text("The server answers."),
        "arrived": text("{n} of {total} files arrived whole."),
        "opened": text("The map opened and can play."),
        "next": text(
            "Open the page Journey in this browser now and leave it open: an open map plays on even if the network "
            "fails. Language, filters and the other pages need the server."
        ),
        "missing": text(
            "{file}: the server does not have it (HTTP {status}). Reload this page and check again; if it stays so, "
            "tell whoever runs the server to restart it."
        ),
        "refused": text(
            "{file}: the server or something on the way refuses it (HTTP {status}). Tell whoever runs the server or "
            "the network."
        ),
        "blocked": text(
            "{file}: it did not arrive. Check the network; if other files arrive, a filter holds it back: ask whoever "
            "runs the network to let {host} through."
        ),
        "changed": text(
            "{file}: {got} bytes instead of {bytes} arrived. Something on the way changes or cuts it, a login page of "
            "the network for instance: log in to the network and check again."
        ),
        "down": text("The server answers, but is not well (HTTP {status}). Wait a minute and check again."),
        "unreachable": text(
            "The server cannot be reached. Check the network cable or Wi-Fi, then whether the address is right."
        ),
        "kept": text(
            "{n} of {total} files are kept in this browser. A map that is open in a tab plays on without the network; "
            "do not reload it."
        ),
        "unopened": text(
            "The files are here, but the map did not open. Reload this page and check again; if it "
            "stays so, use a current Firefox, Chrome, Edge or Safari."
        ),
        "unjoined": text(
            "The map opened and can play, and the list of events is there; filters, search and the other pages did not "
            "come. Ask whoever runs the network to let WebSockets through."
        ),
        "alone": text("With no network at all, the story plays from one HTML file: the README says how to make it."),
    }
