extension Page {
    static let style: StaticString = """
        :root { --back: #fff; --fore: #1b1f24; --faint: #6a737d; --line: #d8dee4; --mark: #ffe58a;
          --note: #4f8cff33; --warning: #ff9d0059; --critical: #e5343459; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #14171a; --fore: #e3e6e9; --faint: #99a1a9; --line: #343a40; --mark: #6b5600; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 110rem; background: var(--back); color: var(--fore);
          font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; }
        .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; }
        pre, .event { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; overflow: auto;
          max-height: 85vh; }
        pre { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        dl { margin: 0; display: grid; grid-template-columns: fit-content(45%) minmax(0, 1fr); gap: .1rem .75rem; }
        dt { color: var(--faint); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
        dd:not(.n) { white-space: pre-wrap; }
        .n { grid-column: 1 / -1; margin-left: .35rem; padding-left: .75rem; border-left: 1px solid var(--line); }
        .n > span > span { display: block; } .n > span > span + span { margin-top: .5rem; }
        .legend, .facts { margin: .3rem 0; color: var(--faint); font-size: .85rem; } .facts { font-size: .95rem; }
        .findings { margin: .3rem 0; padding: 0; list-style: none; } .findings li { padding: .1rem 0; }
        .findings [data-f] { border: 0; } summary { cursor: pointer; } details, .findings { max-width: 75rem; }
        small { color: var(--faint); } code { font: 13px ui-monospace, monospace; padding: 0 .2rem;
          border: 1px solid var(--line); border-radius: 3px; overflow-wrap: anywhere; }
        .f, b { border-radius: 3px; } b { padding: 0 .35rem; font-size: .8rem; }
        .note { background: var(--note); } .warning { background: var(--warning); }
        .critical { background: var(--critical); } .pair { margin-top: .6rem; }
        [data-f] { border-bottom: 2px solid transparent; border-radius: 2px; cursor: pointer; }
        .c0 { border-color: #3b82c4; } .c1 { border-color: #c4713b; } .c2 { border-color: #3f9a5f; }
        .c3 { border-color: #a45cc0; } .c4 { border-color: #b0892a; } .c5 { border-color: #c0486a; }
        [data-f].on { background: var(--mark); outline: 1px solid currentColor; } :focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
        @media (max-width: 50rem) { .pair { grid-template-columns: minmax(0, 1fr); } pre, .event { max-height: 60vh; } }

        """

    /// Pointing and focus show for as long as they last; a click, a tap or Enter pins, Escape lets go.
    static let script: StaticString = """
        for (const section of document.querySelectorAll('section')) {
          const all = [...section.querySelectorAll('[data-f]')];
          const byField = new Map();
          for (const one of all) for (const field of one.dataset.f.split(' ')) {
            if (!byField.has(field)) byField.set(field, []);
            byField.get(field).push(one);
          }
          let pinned = null;
          const show = (from, scroll) => {
            for (const one of section.querySelectorAll('.on')) one.classList.remove('on');
            if (!from) return;
            const side = from.closest('pre');
            let moved = false;
            for (const field of from.dataset.f.split(' ')) for (const one of byField.get(field)) {
              one.classList.add('on');
              if (scroll && !moved && one.closest('pre') !== side && one.getClientRects().length > 0) {
                one.scrollIntoView({ block: 'nearest' });
                moved = true;
              }
            }
          };
          const field = event => event.target.closest('[data-f]');
          const pin = from => { pinned = pinned === from ? null : from; show(pinned, true); };
          section.addEventListener('pointerover', event => { const from = field(event); if (from) show(from, false); });
          section.addEventListener('pointerout', () => show(pinned, false));
          section.addEventListener('focusin', event => { const from = field(event); if (from) show(from, true); });
          section.addEventListener('focusout', () => show(pinned, false));
          section.addEventListener('click', event => { const from = field(event); if (from) pin(from); });
          section.addEventListener('keydown', event => {
            const from = field(event);
            if (event.key === 'Escape') { pinned = null; show(null, false); }
            else if (from && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); pin(from); }
          });
        }

        """
}
