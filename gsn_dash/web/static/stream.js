// The server's news, by one connection for all tabs of a browser.
//
// The file is two things. As a shared worker it is the hub: it holds the connection, with the
// topics that any tab wants. In a page it is `gsnStream`, which talks to the hub, or is a hub of
// its own where there are no shared workers. News are states: the latest of a topic says all.

(() => {
  const [STREAM, NOW] = ["/api/handelser", "/api/nu"];
  // The server says something every ten seconds. A stream that says less is dead.
  const SILENT = 15000;
  // While the stream says nothing, perhaps held up on its way, the server is asked instead.
  const [ASK_EVERY, ASK_WITHIN] = [2000, 5000];
  const [RETRIES, TICK] = [[100, 500, 1000, 1500, 2000], 1000];
  // How often the hub calls its tabs, and how many calls a tab may leave unanswered: no time,
  // since a laptop that has slept has answered nothing for hours, and has lost no tab by it.
  const [PING, TAB_GONE] = [10000, 6];
  // In a page's own hub: a page that nobody sees needs no connection.
  const HIDDEN = 10000;

  const topicOf = (code) => `mote:${code}`;
  const codesOf = (tabs, kind) => new Set([...tabs.values()].flatMap((tab) => tab[kind]));

  // Which topics the tabs want together, as the query that asks for them. A code that any tab
  // follows is followed; others are only told of ("tyst"), and nobody is counted for them.
  function queryOf(tabs) {
    const followed = codesOf(tabs, "follows");
    const watched = [...codesOf(tabs, "watches")].filter((code) => !followed.has(code));
    const named = (name, codes) => [...codes].sort().map((code) => [name, code]);
    const pairs = [...named("mote", followed), ...named("tyst", watched)];
    return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
  }

  // ---------- The connection ----------

  class Connection {
    constructor(onMessage, onLink) {
      Object.assign(this, { onMessage, onLink, query: null, source: null, state: "", tries: 0 });
      // When the stream was opened and spoke last, and the server was asked instead.
      Object.assign(this, { opened: 0, said: 0, asked: 0, isAsking: false, retry: 0, tick: 0 });
    }

    // A clock that is set back tells nothing of how long it has been: it is taken for long.
    since = (moment) => Math.abs(Date.now() - moment);
    silence = () => this.since(Math.max(this.said, this.opened));

    say(state) {
      if (this.state !== state) this.onLink((this.state = state));
    }

    close() {
      clearTimeout(this.retry);
      this.source?.close();
      this.source = null;
    }

    open() {
      this.close();
      const source = new EventSource(STREAM + this.query);
      Object.assign(this, { source, opened: Date.now() });
      source.onmessage = ({ data }) => {
        if (this.source !== source) return;
        Object.assign(this, { said: Date.now(), tries: 0 });
        this.say("open");
        this.onMessage(data);
      };
      source.onerror = () => this.source === source && this.lose();
    }

    // Many lose their server in the same moment, and should not all come back in the same.
    lose() {
      this.close();
      this.said = 0;
      const wait = RETRIES[Math.min(this.tries++, RETRIES.length - 1)];
      this.retry = setTimeout(() => this.open(), wait * (1 + Math.random()));
      this.ask();
    }

    // What the stream has said meanwhile is newer than the answer.
    async ask() {
      if (this.isAsking) return;
      Object.assign(this, { isAsking: true, asked: Date.now() });
      const { query } = this;
      const isWanted = () => this.query === query && this.said <= this.asked;
      const limits = { cache: "no-store", signal: AbortSignal.timeout(ASK_WITHIN) };
      try {
        const answer = await fetch(NOW + query, limits);
        if (!answer.ok) throw new Error(String(answer.status));
        const { messages } = await answer.json();
        if (!isWanted()) return;
        this.say("open");
        messages.forEach((message) => this.onMessage(JSON.stringify(message)));
      } catch {
        if (isWanted()) this.say("lost");
      } finally {
        this.isAsking = false;
      }
    }

    watch() {
      if (this.source && this.silence() > SILENT) this.lose();
      const isSilent = !this.source || (this.said < this.opened && this.silence() > ASK_EVERY);
      if (isSilent && this.since(this.asked) >= ASK_EVERY) this.ask();
    }

    // null: nobody wants anything.
    want(query) {
      if (query === this.query) return;
      this.query = query;
      clearInterval(this.tick);
      this.close();
      if (query === null) return;
      this.tick = setInterval(() => this.watch(), TICK);
      this.open();
    }

    // After sleep or on another network the connection may be dead and nobody told.
    check(isSure) {
      const isAlive = this.source && this.silence() < PING + TICK;
      if (this.query === null || (isAlive && !isSure)) return;
      this.tries = 0;
      this.open();
      this.ask();
    }
  }

  // ---------- The hub ----------

  const isFor = (tab, topic) =>
    topic === "figures" || [...tab.follows, ...tab.watches].map(topicOf).includes(topic);

  class Hub {
    constructor() {
      Object.assign(this, { tabs: new Map(), latest: new Map(), state: "", changing: 0 });
      this.connection = new Connection((text) => this.spread(text), (link) => this.tell(link));
      setInterval(() => this.call(), PING);
    }

    tell(link) {
      this.state = link;
      this.tabs.forEach((_, port) => port.postMessage({ link }));
    }

    spread(text) {
      const message = JSON.parse(text);
      const { topic } = message;
      if (topic === "puls" || this.latest.get(topic)?.text === text) return;
      this.latest.set(topic, { text, message });
      this.tabs.forEach((tab, port) => isFor(tab, topic) && port.postMessage({ message }));
    }

    hear(port, { wants, check, bye }) {
      if (bye) this.drop(port);
      else if (wants) this.take(port, wants);
      else if (this.tabs.has(port)) this.tabs.get(port).unanswered = 0;
      if (check) this.connection.check(check === "sure");
    }

    take(port, { follows, watches }) {
      const tab = { follows, watches, unanswered: 0 };
      this.tabs.set(port, tab);
      this.change();
      port.postMessage({ link: this.state });
      for (const [topic, { message }] of this.latest)
        if (isFor(tab, topic)) port.postMessage({ message });
    }

    drop(port) {
      if (this.tabs.delete(port)) this.change();
    }

    call() {
      for (const [port, tab] of this.tabs) {
        if (tab.unanswered++ < TAB_GONE) port.postMessage({ ping: true });
        else this.drop(port);
      }
    }

    // One change for all that is said in the same moment: a tab leaves as another joins.
    change() {
      clearTimeout(this.changing);
      this.changing = setTimeout(() => {
        const all = [...this.tabs.values()];
        const isOver = (topic) => !all.some((tab) => isFor(tab, topic));
        [...this.latest.keys()].filter(isOver).forEach((topic) => this.latest.delete(topic));
        this.connection.want(all.length ? queryOf(this.tabs) : null);
      });
    }
  }

  if (typeof SharedWorkerGlobalScope !== "undefined" && self instanceof SharedWorkerGlobalScope) {
    const hub = new Hub();
    self.onconnect = ({ ports: [port] }) => (port.onmessage = ({ data }) => hub.hear(port, data));
    return;
  }

  // ---------- In a page ----------

  // Ticks of silence after which the hub is asked, sought anew, and replaced by one of our own.
  const [ASK_HUB, SEEK_HUB, OWN_HUB, HUB_TICK] = [4, 6, 8, 5000];

  class Client {
    constructor(address) {
      // By topic what listens, and how it wants the topic; and the latest message.
      Object.assign(this, { address, listeners: new Map(), latest: new Map(), links: new Set() });
      Object.assign(this, { state: "", port: null, misses: 0, isOwn: false, hiding: 0 });
      this.attach();
      setInterval(() => this.watchHub(), HUB_TICK);
      document.addEventListener("visibilitychange", () => this.seen());
      window.addEventListener("online", () => this.say("sure"));
      window.addEventListener("pagehide", () => this.bye());
      window.addEventListener("pageshow", ({ persisted }) => persisted && this.say("sure"));
    }

    codes(kind) {
      const wanted = [...this.listeners].filter(([, all]) => [...all.values()].includes(kind));
      return wanted.map(([topic]) => topic.slice(topicOf("").length));
    }

    say(check) {
      const wants = { follows: this.codes("follows"), watches: this.codes("watches") };
      this.port.postMessage(this.listeners.size ? { wants, check } : { bye: true });
    }

    hear({ message, link, ping }) {
      this.misses = 0;
      if (ping) this.port.postMessage({ pong: true });
      if (link && link !== this.state) {
        this.state = link;
        this.links.forEach((tell) => tell(link));
      }
      const told = this.listeners.get(message?.topic);
      const before = JSON.stringify(this.latest.get(message?.topic));
      if (!told || before === JSON.stringify(message)) return;
      this.latest.set(message.topic, message);
      told.forEach((_, tell) => tell(message));
    }

    attach() {
      this.port?.close?.();
      try {
        const worker = new SharedWorker(this.address, { name: "gsn-stream" });
        worker.onerror = () => !this.isOwn && this.say(this.ownHub());
        this.port = worker.port;
        this.port.onmessage = ({ data }) => this.hear(data);
      } catch {
        this.ownHub(); // no shared workers here, or they are not allowed
      }
    }

    ownHub() {
      this.isOwn = true;
      const hub = new Hub();
      const back = { postMessage: (said) => queueMicrotask(() => this.hear(said)) };
      this.port = { postMessage: (said) => hub.hear(back, said) };
    }

    watchHub() {
      if (this.isOwn || document.hidden || !this.listeners.size) return;
      this.misses += 1;
      if (this.misses === SEEK_HUB) this.attach();
      if (this.misses === OWN_HUB) this.ownHub();
      if ([ASK_HUB, SEEK_HUB, OWN_HUB].includes(this.misses)) this.say();
    }

    seen() {
      clearTimeout(this.hiding);
      if (!document.hidden) this.say("perhaps");
      else if (this.isOwn) this.hiding = setTimeout(() => this.bye(), HIDDEN);
    }

    bye() {
      this.port.postMessage({ bye: true });
    }

    // Returns what ends the listening.
    listen(topic, tell, kind) {
      if (!this.listeners.has(topic)) this.listeners.set(topic, new Map());
      const all = this.listeners.get(topic).set(tell, kind);
      this.say();
      if (this.latest.has(topic)) tell(this.latest.get(topic));
      return () => {
        // It may listen again by now, in another way.
        if (all.get(tell) !== kind) return;
        all.delete(tell);
        if (!all.size) [this.listeners, this.latest].forEach((kept) => kept.delete(topic));
        this.say();
      };
    }

    figures = (tell) => this.listen("figures", tell, "figures");
    follow = (code, tell) => this.listen(topicOf(code), tell, "follows");
    watch = (code, tell) => this.listen(topicOf(code), tell, "watches");

    onLink(tell) {
      this.links.add(tell);
      if (this.state) tell(this.state);
      return () => this.links.delete(tell);
    }
  }

  window.gsnStream ??= new Client(document.currentScript.src);
})();
