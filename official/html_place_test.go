package official

import (
	"os"
	"path/filepath"
	"testing"

	"giaoban/web/browser"
)

// What a browser prints of the page is the same paper: each word of the first page stands within a millimetre of where it stands
// in the PDF.
func TestAPrintedPageStandsWhereThePDFPutsThePaper(t *testing.T) {
	browser.Missing(t)
	dir := t.TempDir()
	tab := browser.Start(t)
	for name, d := range papersOfAllKinds() {
		page, printed, own := filepath.Join(dir, name+".html"), filepath.Join(dir, name+"-page.pdf"), filepath.Join(dir, name+".pdf")
		for file, content := range map[string][]byte{page: []byte(pageOf(t, d)), own: pdfOf(t, d)} {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		tab.Open("file://" + page)
		tab.PDF(printed)
		standAlike(t, name, wordsOnFirstPage(t, own), wordsOnFirstPage(t, printed))
	}
}
