// One picture, as the server has drawn it: replaced only where it has changed, in the same figure.

const pictures = new WeakMap();

function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// Who stands on a mark with the keyboard stands on the one that has come in its place.
function replace(figure, fresh) {
  const links = () => [
    ...figure.querySelectorAll(`[data-layout="${figure.dataset.shown}"] .gsn-picture-source`),
  ];
  const place = links().indexOf(document.activeElement);
  figure.dataset.from = fresh.dataset.from;
  figure.replaceChildren(...fresh.childNodes);
  window.gsnFit?.(figure);
  links()[place]?.focus({ preventScroll: true });
}

export default function picture({ data: [html], parentElement }) {
  let picture = pictures.get(parentElement);
  if (!picture) {
    picture = { figure: read(html), html };
    pictures.set(parentElement, picture);
    parentElement.appendChild(picture.figure);
    window.gsnFit?.(picture.figure);
  }
  if (picture.html !== html) {
    picture.html = html;
    replace(picture.figure, read(html));
  }
  return () => {
    picture.figure.remove();
    pictures.delete(parentElement);
  };
}
