// datapackage.cjs FILE [rows] - judges a datapackage.json by the profiles of the Data Package standard;
// with rows, reads every table of it too, each cell by the type of its column and each row by the
// primary key. Prints what is wrong, then how many tables and rows were read.
const { Package } = require('datapackage');
const fs = require('fs');
const path = require('path');

(async () => {
    const [file, rows] = process.argv.slice(2);
    const found = await Package.load(file);
    let tables = 0, read = 0;
    for (const error of found.errors) console.log(`${file}: ${error.message}`);
    for (const resource of found.resources) {
        for (const error of resource.errors) console.log(`${resource.name}: ${error.message}`);
        if (!rows || !resource.tabular) continue;
        const bytes = fs.readFileSync(path.join(path.dirname(file), resource.descriptor.path), 'utf8');
        const names = resource.descriptor.schema.fields.map((field) => field.name);
        tables++;
        if (bytes.split('\n')[0] !== names.join(',')) console.log(`${resource.name}: other heads`);
        if (bytes.split('\n').length < 3) continue; // heads alone: the reader wants a row
        try {
            read += (await resource.read({ relations: false })).length;
        } catch (error) {
            console.log(`${resource.name}: ${error.message}`);
            for (const one of (error.errors || []).slice(0, 5)) console.log(`    ${one.message}`);
        }
    }
    console.log(`${tables} tables, ${read} rows`);
})().catch((error) => console.log(error.message));
