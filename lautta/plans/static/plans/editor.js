// The rich text editor over a text area. Without this file the text area takes easy text and all works.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, HorizontalRule,
  Italic, Link, ListItem, Mark, Node, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text, Underline,
} from "django-prose-editor/editor";

// What the stored text may hold and the editor does not know of itself: nothing may vanish by being opened.
const Cite = Mark.create({
  name: "cite",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: () => ["cite", 0],
});
const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "block* figcaption",
  defining: true,
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: () => ["figure", 0],
});
const FigureCaption = Node.create({
  name: "figcaption",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: () => ["figcaption", 0],
});
const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (element) => element.querySelector(":scope > caption")?.innerHTML ?? null,
        renderHTML: () => ({}),
      },
    };
  },
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML({ node }) {
    const table = document.createElement("table");
    if (node.attrs.caption) {
      const caption = document.createElement("caption");
      caption.innerHTML = node.attrs.caption;
      caption.contentEditable = "false";
      table.append(caption);
    }
    const body = document.createElement("tbody");
    table.append(body);
    return { dom: table, contentDOM: body };
  },
  addNodeView: () => null,
  addKeyboardShortcuts() {
    // Tab leads out of the last cell: the table must not be a trap for the keyboard.
    return {
      ...this.parent?.(),
      Tab: () => this.editor.commands.goToNextCell(),
      "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
    };
  },
});

const COMMANDS = {
  bold: (c) => c.toggleBold(),
  italic: (c) => c.toggleItalic(),
  bulletList: (c) => c.toggleBulletList(),
  orderedList: (c) => c.toggleOrderedList(),
  blockquote: (c) => c.toggleBlockquote(),
  table: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  undo: (c) => c.undo(),
  redo: (c) => c.redo(),
  addRowAfter: (c) => c.addRowAfter(),
  addColumnAfter: (c) => c.addColumnAfter(),
  deleteRow: (c) => c.deleteRow(),
  deleteColumn: (c) => c.deleteColumn(),
  toggleHeaderRow: (c) => c.toggleHeaderRow(),
  deleteTable: (c) => c.deleteTable(),
};
const PRESSABLE = ["bold", "italic", "link", "bulletList", "orderedList", "blockquote", "table"];

const extensions = () => [
  Document, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor,
  Heading.configure({ levels: [2, 3, 4] }),
  Bold, Italic, Underline, Strike, Subscript, Superscript, Cite,
  BulletList, OrderedList, ListItem, Blockquote, HorizontalRule, Figure, FigureCaption,
  CaptionedTable, TableRow, TableHeader, TableCell,
  Link.configure({ openOnClick: false, autolink: true, linkOnPaste: true, protocols: ["http", "https", "mailto", "tel"] }),
];

const start = (root) => {
  const area = root.querySelector("textarea");
  const format = root.querySelector("input[type=hidden]");
  const toolbar = root.querySelector("[role=toolbar]");
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label && !label.id) label.id = `${area.id}_label`;
  const place = document.createElement("div");
  place.className = "rich-place";
  area.before(place);
  const attributes = {
    id: `${area.id}_rich`, class: "prose rich-text", role: "textbox", "aria-multiline": "true", lang: area.lang,
    spellcheck: "true",
  };
  if (label) attributes["aria-labelledby"] = label.id;
  const described = area.getAttribute("aria-describedby");
  if (described) attributes["aria-describedby"] = described;
  if (area.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  const editor = new Editor({
    element: place,
    extensions: extensions(),
    content: format.value === "html" ? area.value : area.dataset.rich,
    // The sheet holds these rules: nothing is added to the page's own styles.
    injectCSS: false,
    editorProps: { attributes },
    onUpdate: () => {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      format.value = "html";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onTransaction: () => show(root, editor),
  });
  area.hidden = true;
  toolbar.hidden = false;
  root.querySelector("[data-without-editor]").hidden = true;
  label?.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
  steer(root, toolbar, editor);
  area.richEditor = editor;
  show(root, editor);
};

// What is pressed, what can be pressed, and which tools belong to where the cursor is.
const show = (root, editor) => {
  if (!editor.view) return;
  for (const button of root.querySelectorAll("[data-tool]")) {
    const name = button.dataset.tool;
    if (PRESSABLE.includes(name)) button.setAttribute("aria-pressed", String(editor.isActive(name)));
    if (name === "undo" || name === "redo") button.toggleAttribute("data-idle", !editor.can()[name]());
  }
  const heading = [2, 3, 4].find((level) => editor.isActive("heading", { level }));
  root.querySelector("[data-block]").value = heading ? String(heading) : "paragraph";
  for (const group of root.querySelectorAll("[data-in]")) group.hidden = !editor.isActive(group.dataset.in);
};

const steer = (root, toolbar, editor) => {
  toolbar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-tool]")?.dataset.tool;
    if (name === "link" || name === "caption") ask(root, editor, name);
    else if (name === "figure") askFigure(root, editor);
    else if (name === "table" && editor.isActive("table")) editor.commands.focus();
    else if (name) COMMANDS[name](editor.chain().focus()).run();
  });
  toolbar.querySelector("[data-block]").addEventListener("change", (event) => {
    const chain = editor.chain().focus();
    if (event.target.value === "paragraph") chain.setParagraph().run();
    else chain.setHeading({ level: Number(event.target.value) }).run();
  });
  toolbar.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    if (event.target.matches("select")) return;
    const tools = [...toolbar.querySelectorAll("button, select")].filter((t) => t.offsetParent !== null);
    const next = tools.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1);
    tools.at(next % tools.length).focus();
    event.preventDefault();
  });
};

const ask = (root, editor, what) => {
  const box = root.querySelector(`[data-ask="${what}"]`);
  const input = box.querySelector("input");
  const now = what === "link" ? editor.getAttributes("link").href : plain(editor.getAttributes("table").caption);
  input.value = now ?? "";
  box.hidden = false;
  input.focus();
  const close = () => { box.hidden = true; editor.commands.focus(); };
  const set = () => {
    const value = input.value.trim();
    if (what === "caption") {
      const words = document.createElement("p");
      words.textContent = value;
      editor.chain().updateAttributes("table", { caption: value ? words.innerHTML : null }).run();
    } else if (value) {
      setLink(editor, /^(https?:|mailto:|tel:)/i.test(value) ? value : `https://${value}`);
    } else {
      editor.chain().extendMarkRange("link").unsetLink().run();
    }
    close();
  };
  box.querySelector("[data-ok]").onclick = set;
  box.querySelector("[data-cancel]").onclick = close;
  const unlink = box.querySelector("[data-unlink]");
  if (unlink) {
    unlink.hidden = !now;
    unlink.onclick = () => { editor.chain().extendMarkRange("link").unsetLink().run(); close(); };
  }
  box.onkeydown = (event) => {
    if (event.key === "Enter" && event.target === input) { event.preventDefault(); set(); }
    if (event.key === "Escape") { event.preventDefault(); close(); }
  };
};

// Which number goes into the text. The rows of the page's list of codes hold what there is.
const askFigure = (root, editor) => {
  const box = root.querySelector('[data-ask="figure"]');
  const [indicator, area, year] = ["indicator", "area", "year"].map((n) => box.querySelector(`[data-figure-${n}]`));
  const shown = box.querySelector("[data-figure-shown]");
  const rows = () => [...document.querySelectorAll(`[data-figure-codes] [data-figure="${indicator.value}"] [data-area]`)];
  const fill = (select, options) => {
    const before = select.value;
    select.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
    if (options.some(([value]) => value === before)) select.value = before;
  };
  const years = () => {
    const row = rows().find((r) => r.dataset.area === area.value);
    return (row?.dataset.years ?? "").split("|").filter(Boolean).map((part) => part.split("="));
  };
  const say = () => { shown.value = `${new Map(years()).get(year.value)} (${year.value})`; };
  const renew = (from) => {
    if (from === indicator) fill(area, rows().map((r) => [r.dataset.area, r.querySelector("th").textContent]));
    if (from !== year) fill(year, years().map(([value]) => [value, value]));
    say();
  };
  const close = () => { box.hidden = true; editor.commands.focus(); };
  box.onchange = (event) => renew(event.target);
  box.querySelector("[data-ok]").onclick = () => {
    const text = `[[mittari:${indicator.value} ${area.value} ${year.value}]]`;
    editor.chain().focus().insertContent({ type: "text", text }).run();
    box.hidden = true;
  };
  box.querySelector("[data-cancel]").onclick = close;
  box.onkeydown = (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } };
  renew(indicator);
  box.hidden = false;
  indicator.focus();
};

const setLink = (editor, href) => {
  const chain = editor.chain().focus();
  if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  } else {
    chain.extendMarkRange("link").setLink({ href }).run();
  }
};

const plain = (markup) => {
  const box = document.createElement("template");
  box.innerHTML = markup ?? "";
  return box.content.textContent;
};

for (const root of document.querySelectorAll("[data-rich-editor]")) start(root);

// How long the plain text is; the words come from the page.
for (const area of document.querySelectorAll("textarea[data-count]")) {
  const counter = document.getElementById(`${area.id}_count`);
  if (!counter) continue;
  const count = () => {
    const words = area.value.split(/\s+/).filter(Boolean).length;
    const sentences = area.value.split(/[.!?…]+(?:\s|$)/).filter((s) => s.trim()).length;
    counter.querySelector("[data-words]").textContent = String(words);
    counter.querySelector("[data-average]").textContent = sentences ? String(Math.round(words / sentences)) : "0";
    counter.hidden = !words;
  };
  area.addEventListener("input", count);
  count();
}
