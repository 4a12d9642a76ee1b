"use strict";
// Makes the page a tool: filters, keys, and the way from a finding to its places and back. Without it the page is whole and its links work.
(() => {
    const root = document.documentElement;
    const articles = [...document.querySelectorAll("article.draft")];
    const index = document.getElementById("index");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
    const isNarrow = matchMedia("(max-width: 60rem)");
    const isMedium = matchMedia("(max-width: 84rem)");
    const drafts = new Map();
    let current = null;

    const byHash = (link) => document.getElementById(link.hash.slice(1));
    const words = (name, values) => document.body.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

    /** One draft: its findings as cards, its marks, and which finding is chosen. Made when the draft is first looked at. */
    class Draft {
        constructor(article) {
            this.article = article;
            this.paper = article.querySelector(".paper");
            this.panel = article.querySelector(".findings");
            this.search = article.querySelector("input[type=search]");
            this.cards = [...article.querySelectorAll(".card")];
            this.shown = this.cards;
            this.chosen = null;
            this.place = 0;
            this.marks = null;
            this.texts = null;
            // One stop of the Tab key for the whole list; the arrows move in it.
            this.cards.forEach((card, number) => this.link(card).tabIndex = number === 0 ? 0 : -1);
            this.tell();
            new ResizeObserver(() => this.drawJoins()).observe(this.paper);
            if (isMedium.matches) {
                article.querySelector(".outline details").open = false;
            }
        }

        link(card) {
            return card.querySelector(".go");
        }

        /** The marks of each finding, by its number: its own, and those of the places it is related to. */
        marksOf(card) {
            if (!this.marks) {
                this.marks = new Map(this.cards.map((card) => [card.id.replace(/^.*-f/, ""), { own: [], others: [] }]));
                for (const mark of this.paper.querySelectorAll("mark")) {
                    mark.dataset.finding?.split(" ").forEach((number) => this.marks.get(number)?.own.push(mark));
                    mark.dataset.other?.split(" ").forEach((number) => this.marks.get(number)?.others.push(mark));
                }
            }
            return this.marks.get(card.id.replace(/^.*-f/, ""));
        }

        /** Where a finding leads: its own place first, then the related ones. */
        placesOf(card) {
            return [this.link(card), ...card.querySelectorAll(".places a")].map(byHash).filter(Boolean);
        }

        choose(card) {
            if (card === this.chosen) {
                return;
            }
            this.letGo();
            this.chosen = card;
            this.place = 0;
            card.classList.add("on");
            this.cards.forEach((other) => { if (this.link(other).tabIndex === 0) this.link(other).tabIndex = -1; });
            this.link(card).tabIndex = 0;
            this.link(card).setAttribute("aria-current", "true");
            const { own, others } = this.marksOf(card);
            own.forEach((mark) => mark.classList.add("on"));
            others.forEach((mark) => mark.classList.add("on-other"));
            this.paper.style.setProperty("--pair", `var(--${card.dataset.severity})`);
            this.drawJoins();
            this.bringCard(card);
        }

        letGo() {
            if (!this.chosen) {
                return;
            }
            this.chosen.classList.remove("on");
            this.link(this.chosen).removeAttribute("aria-current");
            const { own, others } = this.marksOf(this.chosen);
            [...own, ...others].forEach((mark) => mark.classList.remove("on", "on-other"));
            this.chosen = null;
            this.drawJoins();
        }

        /** Joins the place of the chosen finding with each related one by a bracket in the margin. */
        drawJoins() {
            this.paper.querySelectorAll(".join").forEach((join) => join.remove());
            if (!this.chosen) {
                return;
            }
            const [first, ...others] = this.placesOf(this.chosen).slice(0, 9);
            if (!first) {
                return;
            }
            const top = this.paper.getBoundingClientRect().top;
            const middle = (mark) => {
                const line = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
                return line.top + line.height / 2 - top;
            };
            for (const other of others) {
                const [from, to] = [middle(first), middle(other)].sort((a, b) => a - b);
                const join = document.createElement("div");
                join.className = `join ${this.chosen.dataset.severity}`;
                join.setAttribute("aria-hidden", "true");
                join.style.top = `${from}px`;
                join.style.height = `${Math.max(to - from, 4)}px`;
                this.paper.append(join);
            }
        }

        /** Shows the place with that number of the chosen finding, together with the first one if both fit on the screen. */
        goTo(number) {
            const places = this.placesOf(this.chosen);
            const mark = places[number];
            if (!mark) {
                return;
            }
            this.place = number;
            const links = this.chosen.querySelectorAll(".places a");
            links.forEach((link, other) => link.classList.toggle("on", other + 1 === number));
            bring(mark, places[number === 0 ? 1 : 0]);
        }

        /** From the place last shown to the next one, and from the last back to the first. */
        goOn() {
            this.goTo((this.place + 1) % this.placesOf(this.chosen).length);
        }

        bringCard(card) {
            if (isNarrow.matches) {
                return;
            }
            const covered = this.panel.querySelector(".filter").offsetHeight;
            const view = this.panel.getBoundingClientRect();
            const box = card.getBoundingClientRect();
            if (box.top < view.top + covered) {
                this.panel.scrollTop += box.top - view.top - covered - 8;
            } else if (box.bottom > view.bottom) {
                this.panel.scrollTop += Math.min(box.bottom - view.bottom + 8, box.top - view.top - covered - 8);
            }
        }

        /** Moves through the findings that are shown. */
        step(by) {
            const at = this.shown.indexOf(this.chosen);
            const card = at < 0 ? this.shown[by > 0 ? 0 : this.shown.length - 1] : this.shown[at + by];
            if (card) {
                this.choose(card);
                this.link(card).focus({ preventScroll: true });
                this.goTo(0);
            }
        }

        /** Shows the findings that all boxes and words let through, and takes the marks of the others away. */
        filter() {
            const sought = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
            const off = new Set([...this.article.querySelectorAll(".filter :not(:checked)[type=checkbox]")].map((box) => box.value));
            this.texts ??= this.cards.map((card) => card.textContent.toLowerCase());
            this.shown = this.cards.filter((card, number) => {
                const { severity, family } = card.dataset;
                const isShown = !off.has(severity) && !off.has(family) && sought.every((word) => this.texts[number].includes(word));
                card.hidden = !isShown;
                return isShown;
            });
            const shown = new Set(this.shown.map((card) => card.id.replace(/^.*-f/, "")));
            const isShown = (numbers) => numbers?.split(" ").some((number) => shown.has(number));
            for (const mark of this.paper.querySelectorAll("mark")) {
                mark.classList.toggle("off", !isShown(mark.dataset.finding) && !isShown(mark.dataset.other));
            }
            if (this.chosen?.hidden) {
                this.letGo();
            }
            if (this.shown.length > 0 && !this.chosen) {
                this.cards.forEach((card) => this.link(card).tabIndex = -1);
                this.link(this.shown[0]).tabIndex = 0;
            }
            this.tell();
        }

        tell() {
            const status = this.article.querySelector("[role=status]");
            if (status) {
                const [shown, all] = [this.shown.length, this.cards.length];
                status.textContent = words(shown === all ? "all" : "shown", { shown, all });
            }
        }

        /** What a click on marked text means. Clicked again, it leads to the other place, and to the next finding that covers the same text. */
        clickMark(mark) {
            const numbers = [...(mark.dataset.finding?.split(" ") ?? []), ...(mark.dataset.other?.split(" ") ?? [])];
            const cards = numbers.map((number) => document.getElementById(`${this.article.id}-f${number}`)).filter((card) => card && !card.hidden);
            if (cards.length === 0) {
                return;
            }
            const at = cards.indexOf(this.chosen);
            const isAmongMany = cards.length > 1 && at >= 0;
            this.choose(isAmongMany ? cards[(at + 1) % cards.length] : cards[0]);
            const { own } = this.marksOf(this.chosen);
            const places = this.placesOf(this.chosen);
            if (places.length > 1) {
                const here = own.includes(mark) ? 0 : Math.max(this.placeAt(mark, places), 0);
                this.goTo(here === 0 ? 1 : 0);
            }
            this.bringCard(this.chosen);
        }

        /** Which of the places a mark belongs to: the last that begins at or before it. */
        placeAt(mark, places) {
            const isBefore = (place) => place === mark || place.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
            let found = -1;
            places.forEach((place, number) => {
                if (number > 0 && isBefore(place) && (found < 0 || places[found].compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)) {
                    found = number;
                }
            });
            return found;
        }
    }

    /** Scrolls a mark into view, together with another one if both fit on the screen. */
    function bring(mark, other) {
        const covered = current.article.querySelector(".top").getBoundingClientRect().bottom;
        const low = isNarrow.matches ? innerHeight * 0.55 : innerHeight;
        const aim = () => {
            const box = mark.getBoundingClientRect();
            const far = other?.getBoundingClientRect() ?? box;
            const [top, bottom] = [Math.min(box.top, far.top), Math.max(box.bottom, far.bottom)];
            const both = bottom - top < (low - Math.max(covered, 0)) * 0.8;
            return (both ? (top + bottom) / 2 : box.top + Math.min(box.height, 40) / 2) - (Math.max(covered, 0) + low) / 2;
        };
        const isSeen = (element) => {
            const box = element.getBoundingClientRect();
            return box.top > covered + 24 && Math.min(box.bottom, box.top + 60) < low - 24;
        };
        if (isSeen(mark) && (!other || isSeen(other))) {
            return;
        }
        const distance = aim();
        const isNear = Math.abs(distance) < innerHeight * 1.5;
        scrollBy({ top: distance, behavior: isNear && !isCalm.matches ? "smooth" : "instant" });
        // What lay out of view was not laid out before, so it may have moved.
        if (!isNear) {
            requestAnimationFrame(() => requestAnimationFrame(() => {
                if (!isSeen(mark)) {
                    scrollBy({ top: aim(), behavior: "instant" });
                }
            }));
        }
    }

    /** Shows one draft, or the index where there are several. */
    function show(article) {
        index?.classList.toggle("shown", !article);
        articles.forEach((other) => other.classList.toggle("shown", other === article));
        if (article && !drafts.has(article)) {
            drafts.set(article, new Draft(article));
        }
        current = article ? drafts.get(article) : null;
        const title = article ? article.querySelector("h1").textContent : document.getElementById("index-title").textContent;
        document.title = title;
    }

    function followHash() {
        const target = document.getElementById(location.hash.slice(1));
        const article = target?.closest("article.draft") ?? (articles.length === 1 ? articles[0] : null);
        if (!article && articles.length === 0) {
            return;
        }
        if (current?.article !== article || !article) {
            show(article);
            (target ?? index)?.scrollIntoView();
        }
        if (articles.length > 1 && (target === article || !article)) {
            scrollTo(0, 0);
            (article ?? index).focus({ preventScroll: true });
        }
    }

    function onClick(event) {
        if (!current || event.defaultPrevented || event.ctrlKey || event.metaKey) {
            return;
        }
        const link = event.target.closest(".card a");
        if (link) {
            event.preventDefault();
            current.choose(link.closest(".card"));
            const places = [...link.closest(".card").querySelectorAll(".places a")];
            current.goTo(places.indexOf(link) + 1);
            // A click made by a key: whoever steers by keys goes on reading at the place.
            if (event.detail === 0) {
                focusPlace();
            }
            return;
        }
        const mark = event.target.closest("mark");
        if (mark && getSelection().isCollapsed) {
            current.clickMark(mark);
        } else if (event.target.closest(".paper") && getSelection().isCollapsed) {
            current.letGo();
        }
    }

    function focusPlace() {
        const mark = current.placesOf(current.chosen)[current.place];
        if (mark) {
            mark.tabIndex = -1;
            mark.focus({ preventScroll: true });
        }
    }

    const actions = {
        j: () => current.step(1),
        k: () => current.step(-1),
        o: () => current.chosen && (current.goOn(), document.activeElement.closest("mark") && focusPlace()),
        "/": () => current.search?.select(),
        "?": () => toggleKeys(),
        "[": () => turn(-1),
        "]": () => turn(1),
    };

    function toggleKeys() {
        const keys = current.article.querySelector(".keys");
        if (keys) {
            keys.open = !keys.open;
            keys.querySelector("summary").focus();
        }
    }

    /** Turns to the draft before or after this one. */
    function turn(by) {
        const next = articles[articles.indexOf(current.article) + by];
        if (next) {
            location.hash = next.id;
        }
    }

    function onKey(event) {
        if (!current || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
            return;
        }
        const isInSearch = event.target === current.search;
        if (event.key === "Escape") {
            return escape(event, isInSearch);
        }
        if (isInSearch) {
            if (event.key === "Enter" || event.key === "ArrowDown") {
                event.preventDefault();
                current.letGo();
                current.step(1);
            }
            return;
        }
        const isInList = event.target.closest(".cards");
        const arrow = { ArrowDown: "j", ArrowUp: "k" }[event.key];
        const action = isInList && arrow ? actions[arrow] : Object.hasOwn(actions, event.key) ? actions[event.key] : null;
        if (action) {
            event.preventDefault();
            action();
        }
    }

    /** Out of the filter into the list, out of the draft back to the card, and last of all out of the finding. */
    function escape(event, isInSearch) {
        if (isInSearch) {
            event.preventDefault();
            current.search.value = "";
            current.filter();
            (current.chosen ?? current.shown[0]) && current.link(current.chosen ?? current.shown[0]).focus();
        } else if (event.target.closest("mark") && current.chosen) {
            current.link(current.chosen).focus({ preventScroll: true });
        } else {
            current.letGo();
        }
    }

    root.classList.add("js");
    root.classList.toggle("many", articles.length > 1);
    if (index) {
        document.querySelector("main").prepend(index);
    }
    addEventListener("hashchange", followHash);
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    document.addEventListener("input", (event) => event.target.closest(".filter") && current.filter());
    followHash();
})();
