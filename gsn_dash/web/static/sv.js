// Makes Streamlit's own parts Swedish. Loaded before Streamlit's scripts.
//
// 1. The browser's language is set to Swedish, since Streamlit formats numbers and chooses
//    some texts by it; every reader shall see the same figures.
// 2. The address of the server is given, so that Streamlit does not first look for it below
//    the page's own address (two failed requests on every page but the first).
// 3. What Streamlit writes in English is replaced, in its own parts of the page only: what the
//    pages themselves say is left alone.
(() => {
  "use strict";

  Object.defineProperty(navigator, "language", { get: () => "sv-SE", configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => ["sv-SE", "sv"], configurable: true });
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  const EXACT = new Map(Object.entries({
    // Frame and navigation
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Sidebar": "Meny",
    "Expand sidebar": "Öppna menyn",
    "Collapse sidebar": "Stäng menyn",
    "Main menu": "Huvudmeny",
    "Navigate to home page": "Till startsidan",
    "View less": "Visa färre",
    "Link to heading": "Länk till rubriken",
    "Notifications": "Meddelanden",
    "Print": "Skriv ut",
    "Rerun": "Kör igen",
    "Settings": "Inställningar",
    "Theme": "Färger",
    "System": "Som systemet",
    "Light": "Ljust",
    "Dark": "Mörkt",
    "Close": "Stäng",
    "Dismiss": "Stäng",
    "Open": "Öppna",
    "Menu": "Meny",
    "More": "Mer",
    // At work, lost, found again
    "Running...": "Arbetar …",
    "Stopping...": "Stoppar …",
    "Stop": "Stoppa",
    "Stop script": "Stoppa",
    "Please wait...": "Vänta …",
    "Loading...": "Hämtar …",
    "Connecting": "Ansluter",
    "CONNECTING": "ANSLUTER",
    "Connecting to Streamlit server": "Ansluter till servern",
    "Unable to connect to Streamlit server": "Får ingen kontakt med servern",
    "Error": "Fel",
    "Connection error": "Ingen kontakt med servern",
    "settings.": "", // after a link that is hidden
    "Connection closed": "Anslutningen stängdes",
    "Connection timed out": "Servern svarade inte i tid",
    "Connection timed out.": "Servern svarade inte i tid.",
    "Connection timed out - ECONNABORTED": "Servern svarade inte i tid.",
    "Network error": "Nätverksfel",
    "Network issue": "Nätverksfel",
    "Unknown error": "Okänt fel",
    "Unknown Error": "Okänt fel",
    "Request aborted": "Förfrågan avbröts",
    "No response received from server": "Inget svar från servern",
    "Bad message format": "Ett meddelande från servern kunde inte läsas",
    "Retry": "Försök igen",
    "Try again": "Försök igen",
    "Continue anyway": "Fortsätt ändå",
    "Page not found": "Sidan finns inte",
    "Script execution error": "Sidan kunde inte visas",
    "Cmd+R": "Cmd+R",
    "Ctrl+R": "Ctrl+R",
    "To fix this, simply reload this app by pressing": "Ladda om sidan med",
    // Widgets
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Välj alla",
    "No results": "Inga träffar",
    "No options": "Inget att välja",
    "No options to select.": "Inget att välja.",
    "No options to select": "Inget att välja",
    "Selectbox": "Lista",
    "Selectbox options": "Val i listan",
    "Multiselect": "Lista",
    "Multiselect options": "Val i listan",
    "Selected values": "Valda",
    "Clear all": "Rensa alla",
    "Clear value": "Rensa",
    "Clear entry": "Rensa",
    "Increment": "Öka",
    "Decrement": "Minska",
    "Help": "Hjälp",
    "Scroll tabs left": "Rulla flikarna åt vänster",
    "Scroll tabs right": "Rulla flikarna åt höger",
    "Press Enter to apply": "Tryck Enter för att använda",
    "Press Enter to submit form": "Tryck Enter för att skicka",
    "Press ⌘+Enter to apply": "Tryck ⌘+Enter för att använda",
    "Press Ctrl+Enter to apply": "Tryck Ctrl+Enter för att använda",
    "Number is above the allowed range.": "Talet är för stort.",
    "Number is below the allowed range.": "Talet är för litet.",
    "Invalid input.": "Kan inte läsas.",
    "Invalid data type": "Kan inte läsas",
    "Show password": "Visa lösenordet",
    "Hide password": "Dölj lösenordet",
    "Previous page": "Föregående sida",
    "Next page": "Nästa sida",
    "Pagination": "Sidväljare",
    "Download failed": "Filen kunde inte hämtas",
    // Days
    "yyyy": "åååå",
    "Empty": "tom",
    "Choose date": "Välj dag",
    "Previous month": "Förra månaden",
    "Next month": "Nästa månad",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Piltangenterna går mellan dagarna. Enter väljer. Esc stänger.",
    // Tables, pictures and their toolbars
    "Fullscreen": "Helskärm",
    "Close fullscreen": "Stäng helskärm",
    "Show data": "Visa siffror",
    "Show chart": "Visa diagram",
    "Scrollable table": "Tabell som kan rullas",
    "Show/hide columns": "Visa eller dölj kolumner",
    "Download as CSV": "Hämta som CSV",
    "Download": "Hämta",
    "Search": "Sök",
    "Close Search": "Stäng sökningen",
    "Type to search": "Skriv för att söka",
    "Next Result": "Nästa träff",
    "Previous Result": "Föregående träff",
    "Copy to clipboard": "Kopiera",
    "Copied": "Kopierat",
    "Clear selection": "Ta bort markeringen",
    "Sort ascending": "Sortera stigande",
    "Sort descending": "Sortera fallande",
    "Pin column": "Lås kolumnen",
    "Unpin column": "Lås upp kolumnen",
    "Hide column": "Dölj kolumnen",
    "Autosize": "Anpassa bredden",
    "Format": "Format",
    "Dataframe column menu": "Kolumnens meny",
    "Copy column name": "Kopiera kolumnens namn",
    "Toolbar action": "Verktyg",
    // Files
    "Upload": "Välj fil",
    "Browse files": "Välj fil",
    "Add files": "Lägg till filer",
    "file upload": "val av fil",
    "Drag and drop file here": "Släpp en fil här",
    "Drag and drop files here": "Släpp filer här",
  }));

  // A beginning and what follows it: the rest is a label or a name, which is already Swedish.
  const PREFIX = [
    ["Help for ", "Hjälp om "],
    ["Remove ", "Ta bort "],
    ["Upload ", "Välj fil: "],
    ["Shortcut ", "Kortkommando "],
    ["Press Enter to ", "Tryck Enter för att "],
    ["Back to reference ", "Tillbaka till hänvisning "],
    ["Choose date, ", "Välj dag, "],
    ["year, ", "år, "],
    ["month, ", "månad, "],
    ["day, ", "dag, "],
  ];

  // Whole sentences with something in the middle.
  const PATTERN = [
    [/^(?:View )?(\d+) more$/, "$1 till"],
    [/^Page (\d+)$/, "Sida $1"],
    [/^(\d+) options? available\.$/, "$1 att välja på."],
    [/^(.*), selected$/, "$1, vald"],
    [/^(?:Error: )?Number is outside the allowed range\. .* between (.*) and (.*)\.$/,
      "Skriv ett tal mellan $1 och $2."],
    [/^(?:Error: )?Number is above the allowed range\. .* equal to (.*)\.$/,
      "Talet är för stort: högst $1."],
    [/^(?:Error: )?Number is below the allowed range\. .* equal to (.*)\.$/,
      "Talet är för litet: minst $1."],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Högst $1 kan väljas. Ta bort ett val först."],
    [/^(.*) — start$/, "$1 – från"],
    [/^(.*) — end$/, "$1 – till"],
    [/^(\d+)\s*(KB|MB|GB) per file.*$/, "högst $1 $2 per fil"],
    [/^Streamlit server is not responding.*$/s,
      "Servern svarar inte. Sidan ansluter av sig själv när servern är tillbaka."],
    [/^Is Streamlit still running\?.*$/s,
      "Servern svarar inte. Sidan ansluter av sig själv när servern är tillbaka."],
    // Asked by who is outside the readers' networks, and not logged in any more.
    [/^Cannot connect to Streamlit \(HTTP status: 403\).*$/s,
      "Webbplatsen släpper inte in dig härifrån just nu, så sidan står still. Ladda om den, och" +
      " logga in om du kan."],
    [/^Connection failed with status (\d+)(?:, and response:|\.)$/,
      "Servern svarar inte som den ska (status $1). Sidan ansluter av sig själv när den gör det."],
    [/^If you accidentally stopped Streamlit.*$/s,
      "Har den stängts av, starta den igen på samma sätt som förra gången."],
    [/^You have requested page .*$/s, "Sidan finns inte. Här visas översikten i stället."],
    [/^The page that you have requested does not seem to exist.*$/s,
      "Sidan finns inte. Här visas översikten i stället."],
    [/^This app has encountered an error\..*$/s,
      "Sidan kunde inte visas. Ladda om den; hjälper inte det, säg till den som sköter systemet."],
    [/^If the error persists, try force-clearing.*$/s,
      "Hjälper inte det, töm webbläsarens cache."],
  ];

  // Written by the pages themselves. A dialog is Streamlit's own unless a page opened it, and
  // its text is replaced only when it is one of the sentences above.
  const OWN = [
    '[data-testid="stMarkdownContainer"]', '[data-testid="stHtml"]',
    '[data-testid="stBidiComponentRegular"]', '[data-testid="stBidiComponentIsolated"]',
    "table", "canvas", "svg",
  ].join(",");
  // Where Streamlit uses Markdown for what it says itself.
  const FOREIGN = '[role="dialog"], [data-testid="stException"], [data-testid="stTopNav"]';
  // Names inside a page's Markdown are Streamlit's still ("Link to heading").
  const OWN_NAMED = [
    '[data-testid="stHtml"]', '[data-testid="stBidiComponentRegular"]',
    '[data-testid="stBidiComponentIsolated"]', "canvas", "svg",
  ].join(",");
  const NAMES = ["aria-label", "aria-valuetext", "title", "placeholder"];
  const NAMED = NAMES.map((name) => `[${name}]`).join(",");

  const swedish = (text) => {
    const words = text.trim();
    if (words.length < 4) return null;
    const exact = EXACT.get(words);
    if (exact !== undefined) return text.replace(words, exact);
    for (const [start, swedishStart] of PREFIX) {
      if (words.startsWith(start)) return swedishStart + words.slice(start.length);
    }
    for (const [pattern, sentence] of PATTERN) {
      if (pattern.test(words)) return words.replace(pattern, sentence);
    }
    return null;
  };

  const isOwn = (element) => {
    const own = element.closest(OWN);
    return own !== null && own.closest(FOREIGN) === null;
  };

  const changeNames = (element) => {
    if (element.closest(OWN_NAMED)) return;
    for (const name of NAMES) {
      const text = element.getAttribute(name);
      const changed = text && swedish(text);
      if (changed && changed !== text) element.setAttribute(name, changed);
    }
  };

  const changeText = (node) => {
    // How others' servers are set up is of no use here, and nothing leads to other sites.
    const help = node.parentElement?.closest('a[href$="/HTTP/CORS"]');
    if (help) help.style.display = "none";
    const changed = swedish(node.nodeValue);
    if (changed && changed !== node.nodeValue) node.nodeValue = changed;
  };

  const changeAll = (root) => {
    if (root.closest(OWN_NAMED)) return;
    changeNames(root);
    root.querySelectorAll(NAMED).forEach(changeNames);
    if (isOwn(root)) return;
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        if (node.matches("style, script")) return NodeFilter.FILTER_REJECT;
        return node.matches(OWN) && isOwn(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      },
    });
    while (texts.nextNode()) changeText(texts.currentNode);
  };

  const onAdded = (node) => {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (!node.matches("style, script, link")) changeAll(node);
    } else if (node.nodeType === Node.TEXT_NODE) onText(node);
  };

  const onText = (node) => {
    const parent = node.parentElement;
    if (parent && !parent.matches("style, script, title") && !isOwn(parent)) changeText(node);
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(onAdded);
      else if (change.type === "characterData") onText(change.target);
      else changeNames(change.target);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
})();
