// Says, while an amount is typed, what it is read as. The server reads it, here and when it is sent.
"use strict";
for (const field of document.querySelectorAll("input[data-check]")) {
  const said = document.getElementById(field.id + "-read");
  let turn = 0;
  const ask = async (mine) => {
    const query = new URLSearchParams({ amount: field.value });
    const currency = document.getElementById("currency");
    if (currency) query.set("currency", currency.value);
    const answer = await (await fetch(field.dataset.check + "?" + query)).json();
    if (mine !== turn) return;
    const hint = answer.hint ? ": " + answer.hint : "";
    said.textContent = answer.amount ? "= " + answer.amount : answer.problem + hint;
    field.classList.toggle("is-invalid", !answer.amount);
  };
  field.addEventListener("input", () => {
    const mine = ++turn;
    if (field.value === "") {
      said.textContent = "";
      field.classList.remove("is-invalid");
    } else {
      setTimeout(() => mine === turn && ask(mine).catch(() => {}), 250);
    }
  });
}
