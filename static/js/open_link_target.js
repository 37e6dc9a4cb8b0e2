// The desk: opens the folded rows around what a link leads to, and puts the cursor there,
// in browsers that do not by themselves.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  const folded = "details:not([open])";
  for (let row = target.closest(folded); row; row = row.closest(folded)) row.open = true;
  target.focus();
}

addEventListener("hashchange", unfold);
addEventListener("load", unfold);
