// The room: live parts, completion while one types, forms as dialogs.
{
  const room = document.getElementById("room");
  const byId = (id) => document.getElementById(id);

  // Live parts. An element with data-part is exchanged when its data-version differs; of one with
  // data-list only the items that differ, so that screen readers hear what is new and no one loses
  // the control they are at.

  const atEnd = (scroll) => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const toEnd = (scroll) => (scroll.scrollTop = scroll.scrollHeight);
  const scrolls = () => [...room.querySelectorAll("[data-scroll]")];

  const exchange = (before, after) => {
    before.replaceWith(after);
    htmx.process(after);
  };

  const exchangeItems = (before, after) => {
    let place = before.firstElementChild;
    for (const item of [...after.children]) {
      const known = byId(item.id);
      if (!known) {
        before.insertBefore(item, place);
        htmx.process(item);
        continue;
      }
      while (place && place !== known) {
        const gone = place;
        place = place.nextElementSibling;
        gone.remove();
      }
      place = known.nextElementSibling;
      if (known.dataset.version !== item.dataset.version) exchange(known, item);
    }
    while (place) {
      const gone = place;
      place = place.nextElementSibling;
      gone.remove();
    }
  };

  const show = (html) => {
    const following = scrolls().filter(atEnd);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const after of fresh.querySelectorAll("[data-part]")) {
      const before = byId(after.id);
      if (!before) continue;
      if ("list" in after.dataset) exchangeItems(before, after);
      else if (before.dataset.version !== after.dataset.version) exchange(before, after);
    }
    following.forEach(toEnd);
    openForms();
  };

  let asking = false;
  let again = false;
  const refresh = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      do {
        again = false;
        const answer = await fetch(room.dataset.parts, { headers: { "HX-Request": "true" }, redirect: "error" });
        if (answer.ok) show(await answer.text());
        byId("stale").hidden = answer.ok;
      } while (again);
    } catch {
      byId("stale").hidden = false;
    } finally {
      asking = false;
    }
  };

  const live = new EventSource(room.dataset.live);
  live.addEventListener("changed", refresh);
  live.addEventListener("error", () => (byId("stale").hidden = live.readyState !== EventSource.CLOSED));
  window.addEventListener("pagehide", () => live.close());
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());

  // Forms.

  const openForms = () => {
    for (const dialog of room.querySelectorAll("dialog[data-modal]:not([open])")) {
      dialog.querySelectorAll("[data-people]").forEach(choosePeople);
      dialog.showModal();
    }
  };

  document.addEventListener(
    "cancel",
    (event) => {
      const dismiss = event.target.querySelector?.("[data-dismiss]");
      if (!dismiss) return;
      event.preventDefault();
      dismiss.click();
    },
    true,
  );

  const button = (text, label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button quiet";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };

  // People in an order: chosen ones are a list, each with its way up and out.
  const choosePeople = (field) => {
    const chosen = field.querySelector(".chosen");
    const add = field.querySelector("[data-add]");
    const settle = () => {
      const accounts = [...chosen.children].map((item) => item.dataset.account);
      for (const option of add.options) option.hidden = option.disabled = accounts.includes(option.value);
      [...chosen.children].forEach((item, place) => (item.querySelector(".up").disabled = place === 0));
    };
    const furnish = (item) => {
      const { account, person } = item.dataset;
      const value = document.createElement("input");
      value.type = "hidden";
      value.name = field.dataset.name;
      value.value = account;
      const name = document.createElement("span");
      name.className = "person-name";
      name.textContent = person;
      const up = button("↑", `${person} earlier`, () => {
        item.previousElementSibling?.before(item);
        settle();
        (up.disabled ? add : up).focus();
      });
      up.classList.add("up");
      const out = button("✕", `Without ${person}`, () => {
        item.remove();
        settle();
        add.focus();
      });
      item.replaceChildren(value, name, up, out);
    };
    [...chosen.children].forEach(furnish);
    settle();
    add.addEventListener("change", () => {
      if (!add.value) return;
      const item = document.createElement("li");
      item.dataset.account = add.value;
      item.dataset.person = add.selectedOptions[0].textContent;
      chosen.append(item);
      furnish(item);
      add.value = "";
      settle();
    });
  };

  // The composer: Enter sends; "/" and "@" offer what there is.

  const listOf = (text) => byId(text.getAttribute("aria-controls"));
  const offered = (list) => [...list.children].filter((option) => !option.hidden);
  const token = (text) => {
    const before = text.value.slice(0, text.selectionStart);
    return before.match(/^\/[\w-]*$/)?.[0] ?? before.match(/(?:^|\s)(@[\w-]*)$/)?.[1] ?? null;
  };
  const select = (text, list, option) => {
    offered(list).forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (option) {
      text.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else text.removeAttribute("aria-activedescendant");
  };
  const offer = (text) => {
    const list = listOf(text);
    const wanted = token(text);
    for (const option of list.children) {
      option.hidden = wanted === null || !option.dataset.insert.startsWith(wanted) || option.dataset.insert.trim() === wanted;
    }
    list.hidden = offered(list).length === 0;
    select(text, list, list.hidden ? null : offered(list)[0]);
  };
  const take = (text, option) => {
    const end = text.selectionStart;
    text.setRangeText(option.dataset.insert, end - token(text).length, end, "end");
    offer(text);
    text.focus();
  };
  const close = (text) => {
    const list = listOf(text);
    list.hidden = true;
    select(text, list, null);
  };

  room.addEventListener("input", (event) => event.target.closest("[data-composer] textarea") && offer(event.target));
  room.addEventListener("focusout", (event) => event.target.closest("[data-composer] textarea") && close(event.target));
  // Before the text loses the focus.
  room.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".completions [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("form").querySelector("textarea"), option);
  });
  room.addEventListener("keydown", (event) => {
    const text = event.target.closest("[data-composer] textarea");
    if (!text || event.isComposing) return;
    const list = listOf(text);
    const options = list.hidden ? [] : offered(list);
    const place = options.findIndex((option) => option.id === text.getAttribute("aria-activedescendant"));
    if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : options.length - 1;
      select(text, list, options[(place + step) % options.length]);
    } else if (options.length && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
      take(text, options[Math.max(place, 0)]);
    } else if (options.length && event.key === "Escape") close(text);
    else if (event.key === "Enter" && !event.shiftKey) text.form.requestSubmit();
    else return;
    event.preventDefault();
  });
  room.addEventListener("click", (event) => {
    const suggestion = event.target.closest("[data-type]");
    const text = byId("text");
    if (!suggestion || !text) return;
    text.value = suggestion.dataset.type;
    text.focus();
  });

  document.addEventListener("htmx:afterSwap", () => {
    openForms();
    refresh();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id?.endsWith("composer")) event.detail.elt.querySelector("textarea")?.focus();
  });

  scrolls().forEach(toEnd);
  openForms();
}
