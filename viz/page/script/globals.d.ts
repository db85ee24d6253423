// What the page's scripts find in the window besides the browser's own. For `tsc -p viz/page/script`.

declare const vis: any;

interface Window {
  swaymap: any;
}
