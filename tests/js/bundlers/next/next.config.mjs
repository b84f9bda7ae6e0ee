export default { output: 'export', distDir: '.next/out', turbopack: { root: new URL('..', import.meta.url).pathname } };
