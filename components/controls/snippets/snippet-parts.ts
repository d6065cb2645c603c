// What is loaded at the first slash.
export { SnippetList } from './snippet-list';
export { SnippetMenu } from './snippet-menu';
