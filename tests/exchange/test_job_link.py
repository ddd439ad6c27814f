"""Links to jobs: which are the same, and which name no job."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.exchange.sheets.identity import NO_LINK, job_link


@pytest.mark.parametrize(
    "urls",
    [
        (
            "https://acme.example/jobs/1",
            "http://www.ACME.example/jobs/1/",
            "acme.example//jobs/1",
            "https://acme.example:443/jobs/1#apply",
            "https://acme.example/jobs/1?utm_source=x&ref=linkedin&gh_src=abc123",
            "https://acme.example/jobs/1/apply",
        ),
        (
            "https://www.linkedin.com/jobs/view/4000000001",
            "https://de.linkedin.com/jobs/view/dev-at-acme-4000000001/?trk=public_jobs",
            "https://www.linkedin.com/comm/jobs/view/4000000001/?trackingId=x",
            "https://www.linkedin.com/jobs/collections/recommended/?currentJobId=4000000001",
            "linkedin.com/jobs/search/?currentJobId=4000000001&geoId=101&keywords=dev",
        ),
        ("https://de.indeed.com/viewjob?jk=abcdef12&from=serp", "https://www.indeed.com/rc/clk?jk=abcdef12"),
        (
            "https://acme.example/careers?gh_jid=1234567",
            "https://boards.greenhouse.io/acme/jobs/1234567?gh_src=ab",
            "https://job-boards.eu.greenhouse.io/acme/jobs/1234567",
        ),
        (
            "https://jobs.lever.co/acme/0a1b2c3d-1111-2222-3333-444455556666/apply?lever-source=LinkedIn",
            "https://jobs.eu.lever.co/acme/0a1b2c3d-1111-2222-3333-444455556666",
        ),
        ("https://a.example/b%C3%A4cker-17", "https://a.example/bäcker-17"),
        ("https://a.example/careers?id=17&x=2", "https://a.example/careers?x=2&id=17"),
        ("https://a.example/careers/#/job/17", "https://a.example/careers#/job/17/"),
    ],
)
def test_these_links_lead_to_the_same_job(urls: tuple[str, ...]) -> None:
    (key,) = {job_link(url) for url in urls}
    assert key.key != ""
    assert key.has_id


@pytest.mark.parametrize(
    "urls",
    [
        ("https://a.example/jobs/1", "https://a.example/jobs/2", "https://a.example/jobs/1?id=2"),
        ("https://a.example/careers#job-101", "https://a.example/careers#job-202", "https://a.example/careers#17"),
        ("https://a.example/#/job/17", "https://a.example/#!/job/18", "https://a.example/#17"),
        ("https://a.example/?p=17", "https://a.example/?p=18", "https://a.example/?ref=REQ-1101"),
        ("https://linkedin.com/jobs/view/4000000001", "https://linkedin.com/jobs/view/4000000002"),
        ("https://linkedin.com/jobs/search?currentJobId=1", "https://linkedin.com/jobs/search?currentJobId=2"),
        ("https://indeed.com/viewjob?jk=a1", "https://indeed.com/viewjob?jk=a2"),
        ("https://a.example/careers?gh_jid=1", "https://a.example/careers?gh_jid=2"),
        ("https://a.example/careers#analyst", "https://a.example/careers#designer"),
        ("https://a.example/careers#/jobs?id=1", "https://a.example/careers#/jobs?id=2"),
    ],
)
def test_these_links_lead_to_different_jobs(urls: tuple[str, ...]) -> None:
    keys = {job_link(url).key for url in urls}
    assert len(keys) == len(urls)
    assert "" not in keys


@pytest.mark.parametrize(
    "url",
    [
        *("", "by mail", "http://[", "javascript:x", "n/a", "LinkedIn"),
        *("https://acme.example", "https://acme.example/", "www.acme.example/#top", "https://acme.example/en/"),
        *(
            "https://acme.example/careers",
            "https://acme.example/de/karriere/stellen",
            "acme.example/jobs#openings",
        ),
        *(
            "https://www.linkedin.com/jobs/view/",
            "https://www.linkedin.com/jobs/search/?keywords=dev&location=Berlin",
        ),
        *("https://docs.google.com/document/d/1AbC99/edit", "https://www.dropbox.com/s/1234567/cv.pdf"),
        *("https://acme.example/jobs?utm_source=x", "https://acme.example/careers/?page=2&sort=new#main"),
    ],
)
def test_these_links_name_no_job(url: str) -> None:
    assert job_link(url) == NO_LINK


@pytest.mark.parametrize(
    "url", ["https://a.example/jobs/engineering", "https://a.example/ad.pdf", "https://a.example/2026"]
)
def test_a_page_without_a_number_may_name_several_jobs(url: str) -> None:
    assert job_link(url).key != ""
    assert not job_link(url).has_id


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_gives_a_link_and_a_change_behind_the_number_another(text: str, path: str) -> None:
    job_link(text)
    one, other = (
        job_link(f"https://a.example/jobs/17{path}?id=1"),
        job_link(f"https://a.example/jobs/17{path}?id=2"),
    )
    assert one != other or "#" in path


def test_a_link_longer_than_any_is_compared_as_it_is() -> None:
    url = "https://a.example/" + "x" * 5_000
    assert job_link(url).key == url
