/**
 * The permanent page's script: buttons that copy a snippet, and a choice of theme for preview and snippets. Without it the
 * snippets stand there to be selected.
 */
const SOURCE = `
(() => {
for (const button of document.querySelectorAll('[data-copies]')) {
const area = document.getElementById(button.dataset.copies)
button.hidden = false
button.addEventListener('click', async () => {
area.select()
await navigator.clipboard.writeText(area.value)
button.textContent = 'Copied'
})
}
const theme = document.getElementById('theme')
const preview = document.getElementById('preview')
const frame = document.getElementById('frame')
const element = document.getElementById('element')
const plain = { src: preview.src, frame: frame.value, element: element.value }
theme.parentElement.hidden = false
theme.addEventListener('change', () => {
const query = theme.value === 'auto' ? '' : '?theme=' + theme.value
preview.src = plain.src + query
frame.value = plain.frame.replace(plain.src, plain.src + query)
element.value = query ? plain.element.replace('<factlet-embed ', '<factlet-embed theme="' + theme.value + '" ') : plain.element
})
})()`

export const PAGE_SCRIPT = SOURCE.trim()
