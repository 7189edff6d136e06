// What neither HTML nor htmx does by itself.

// A menu closes when one clicks elsewhere, leaves it with the keyboard, or presses Escape.
const close = (menu) => menu.removeAttribute("open");
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || close(menu));
});
document.addEventListener("focusin", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || close(menu));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    close(menu);
    menu.querySelector("summary").focus();
  });
});

// htmx leaves the page alone when a request fails; people must know.
const say = (text) => {
  let place = document.getElementById("notice");
  if (!place) {
    place = document.createElement("p");
    place.id = "notice";
    place.setAttribute("role", "alert");
    document.body.append(place);
  }
  place.textContent = text;
};
document.addEventListener("htmx:sendError", () => say("The server does not answer. What you see may be old."));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401) say("That did not work. Reload the page and try again.");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.getElementById("notice")?.remove();
});
