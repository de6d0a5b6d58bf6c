// page.cjs LANG FILE... - opens pages in Chromium; prints what axe finds, what they ask for outside their
// folder, whether a screen or a phone has to scroll sideways, whether the keyboard finds its way and
// whether print leaves out a table, and in English what is not a name and still Chinese. Nothing printed: all well.
const { chromium } = require('playwright-core');
const fs = require('fs');
const path = require('path');

(async () => {
    const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: ['--no-sandbox'],
    });
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    for (const file of process.argv.slice(3)) {
        const folder = 'file://' + encodeURI(path.dirname(path.resolve(file))) + '/';
        const asked = (request) => {
            const url = request.url();
            if (!url.startsWith(folder) && !url.startsWith('data:')) console.log(`${file} asks for ${url}`);
        };
        page.on('request', asked);
        await page.setViewportSize({ width: 1200, height: 900 });
        await page.goto('file://' + encodeURI(path.resolve(file)));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run());
        for (const v of violations) console.log(`${file}: ${v.id}: ${v.nodes[0].html}`);
        const lang = await page.evaluate(() => document.documentElement.lang);
        if (!lang.startsWith(process.argv[2])) console.log(`${file} says it is in ${lang}`);
        // names are Chinese in any language: those of divisions and agencies, and what quotes a report
        const odd = await page.evaluate(() => [...document.querySelectorAll('h2, thead th, caption, summary, ' +
            'small, figcaption, [aria-label], .legend li, .skip')]
            .filter((e) => !e.closest('[lang="zh-CN"]:not(html)') || document.documentElement.lang === 'zh-CN')
            .map((e) => e.getAttribute('aria-label') || e.textContent)
            .filter((text) => document.documentElement.lang === 'en' ? /\p{Script=Han}/u.test(text)
                : /[a-z]{4}/.test(text)));
        for (const text of odd) console.log(`${file}: of the other language: ${text}`);
        await page.keyboard.press('Tab');
        const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
        const skips = await page.evaluate(() => document.querySelector('.skip') !== null);
        if (skips && first !== '#main') console.log(`${file}: Tab does not offer to skip to the text`);
        for (const size of [1200, 360]) {
            await page.setViewportSize({ width: size, height: 800 });
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            if (width > size) console.log(`${file} is ${width} wide on a screen of ${size}`);
        }
        await page.emulateMedia({ media: 'print' });
        // what was folded away is shown with the next frame: looked for until it is, or five seconds
        const unseen = () => [...document.querySelectorAll('table')]
            .filter((table) => !table.checkVisibility({ contentVisibilityAuto: true }))
            .map((table) => table.textContent.slice(0, 40));
        let hidden = await page.evaluate(unseen);
        for (let tries = 0; hidden.length && tries < 50; tries++) {
            await page.waitForTimeout(100);
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
            hidden = await page.evaluate(unseen);
        }
        for (const table of hidden) console.log(`${file}: not in print: ${table}`);
        await page.emulateMedia({ media: 'screen' });
        page.off('request', asked);
    }
    await browser.close();
})();
