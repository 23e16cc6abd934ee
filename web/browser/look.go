package browser

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Look is how a page is seen.
type Look struct {
	Width  int    // CSS pixels; 0 means 1280
	Height int    // 0 means 900; a screenshot is always as tall as the page
	Theme  string // "light", "dark", or "" for light
	Print  bool   // the styles of paper
}

// See sets width, theme and medium for everything that follows.
func (p *Page) See(look Look) {
	p.t.Helper()
	if look.Width == 0 {
		look.Width = 1280
	}
	if look.Height == 0 {
		look.Height = 900
	}
	if look.Theme == "" {
		look.Theme = "light"
	}
	medium := "" // as it comes: the screen, and paper when printed
	if look.Print {
		medium = "print"
	}
	p.do("đổi cỡ màn hình", chromedp.EmulateViewport(int64(look.Width), int64(look.Height)))
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.Theme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		p.t.Fatalf("Không đổi được nền sáng, tối: %v", err)
	}
}

// Screenshot writes the whole page as PNG under this look, then returns to the usual one.
func (p *Page) Screenshot(path string, look Look) {
	p.t.Helper()
	p.See(look)
	defer p.See(Look{})
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("Không chụp được trang: %v", err)
	}
	p.write(path, picture)
}

// PDF writes the page as the printer would, on the paper that the stylesheet asks for.
func (p *Page) PDF(path string) {
	p.t.Helper()
	paper, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		p.t.Fatalf("Không in được trang: %v", err)
	}
	p.write(path, paper)
}

func (p *Page) write(path string, b []byte) {
	p.t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		p.t.Fatalf("Không ghi được %s: %v", path, err)
	}
}

// SidewaysScroll answers the elements that stick out of a window of this width, and nothing when the page fits.
// Regions that scroll by themselves (.scroll) may hold wider tables.
func (p *Page) SidewaysScroll(width int) []string {
	p.t.Helper()
	p.See(Look{Width: width})
	defer p.See(Look{})
	return eval[[]string](p, fmt.Sprintf(`(() => {
		const wide = %d;
		if (document.documentElement.scrollWidth <= wide && document.body.scrollWidth <= wide) return [];
		// An absolutely placed child is clipped only by the box it is placed in.
		const holder = (el) => getComputedStyle(el).position === "absolute" ? el.offsetParent : el.parentElement;
		const inside = (el) => { for (let up = holder(el); up && up !== document.body; up = holder(up)) if (getComputedStyle(up).overflowX !== "visible") return true; };
		return [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > wide + 0.5 && !inside(el))
			.slice(0, 10).map((el) => "thò tới " + Math.round(el.getBoundingClientRect().right) + " px: " + el.cloneNode(false).outerHTML.slice(0, 160)).concat(["trang rộng " + document.documentElement.scrollWidth + " px trên màn " + wide + " px"]);
	})()`, width))
}
