import pytest
from tests.browser.test_weight import *
SH="""
window.shifts=[]; window.shifted=0;
new PerformanceObserver(list => { for (const e of list.getEntries()) { window.shifts.push([e.value, e.sources.map(s=>[s.node && (s.node.outerHTML||s.node.textContent).slice(0,90), JSON.stringify(s.previousRect), JSON.stringify(s.currentRect)])]); } }).observe({type:"layout-shift", buffered:true});
"""
@pytest.mark.parametrize("address", ["/initiatives/family-nurse-partnership-scotland/","/barriers/citizen-capacity/","/","/initiatives/","/about/","/references/","/matrix/","/findings/", "/similar/?barrier=mistrust","/compare/?case=streetwatchers-weyhe&case=keyring-networks","/map/","/search/?q=trust","/codebook/"])
def test_z(new_page,address):
        page = new_page()
        page.add_init_script(SH)
        page.goto("/robots.txt")
        head, body = page.request.get(address).text().split("<body>")
        lines = body.splitlines(keepends=True)
        rest = "".join(lines[MOST_LINES:])
        page.evaluate(WRITE_IN_PARTS, [head + "<body>", lines[:MOST_LINES], rest])
        print("==",address)
        for v,src in page.evaluate("window.shifts"):
            print("SHIFT",round(v,5))
            for s in src: print("   ",s)
