// The desk: opens the folded rows around the target of a link and moves the focus to it, in
// browsers that don't do so by themselves.
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  const folded = "details:not([open])";
  for (let row = target.closest(folded); row; row = row.closest(folded)) row.open = true;
  target.focus();
}

addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);
