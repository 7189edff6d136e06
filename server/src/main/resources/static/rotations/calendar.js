// Dragging over days, or over the hours of a week, opens the form of an override with that time
// filled in. Fingers scroll, so this is for mouse and pen; everybody has the dates, which are links,
// and the button.
{
  const calendar = document.querySelector(".calendar[data-change]");
  const days = calendar ? [...calendar.querySelectorAll(".day:not([data-past])")] : [];
  const byHours = calendar?.classList.contains("week");
  const CLICK = 6; // pixels; less is no dragging
  let from = null;
  let start = null;
  let dragged = false;

  const dayAt = (event) => {
    const day = document.elementFromPoint(event.clientX, event.clientY)?.closest(".day");
    return days.includes(day) ? day : null;
  };

  // Half hours since the day began, from the left edge of its hours.
  const halfHour = (event, day) => {
    const hours = (day.querySelector(".bar") ?? day.querySelector(".hours")).getBoundingClientRect();
    const part = (event.clientX - hours.left) / hours.width;
    return Math.min(47, Math.max(0, Math.floor(part * 48)));
  };

  const at = (day, half) => {
    if (half === 48) return `${day.dataset.next}T00:00`;
    const pad = (number) => String(number).padStart(2, "0");
    return `${day.dataset.day}T${pad(Math.floor(half / 2))}:${half % 2 ? "30" : "00"}`;
  };

  const place = (event) => {
    const day = dayAt(event);
    return day && { day, half: byHours ? halfHour(event, day) : 0 };
  };

  const order = (one, other) => days.indexOf(one.day) - days.indexOf(other.day) || one.half - other.half;

  const show = (to) => {
    const [first, last] = [from, to].sort(order);
    days.forEach((day, index) =>
      day.classList.toggle("chosen", index >= days.indexOf(first.day) && index <= days.indexOf(last.day)));
  };

  const stop = () => {
    from = null;
    document.body.classList.remove("choosing");
    days.forEach((day) => day.classList.remove("chosen"));
  };

  calendar?.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0 || event.target.closest("a.date")) return;
    dragged = false;
    from = place(event);
    start = event;
    if (from) event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const to = from && place(event);
    if (!to || Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < CLICK) return;
    document.body.classList.add("choosing");
    show(to);
  });
  document.addEventListener("pointerup", (event) => {
    const to = from && place(event);
    if (to && document.body.classList.contains("choosing")) {
      dragged = true;
      const [first, last] = [from, to].sort(order);
      const until = byHours ? at(last.day, last.half + 1) : `${last.day.dataset.next}T00:00`;
      const query = new URLSearchParams({ from: at(first.day, first.half), until });
      location.assign(`${calendar.dataset.change}?${query}`);
    }
    stop();
  });
  // Who began to drag on a name did not choose it.
  calendar?.addEventListener("click", (event) => dragged && event.preventDefault(), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop());
}
