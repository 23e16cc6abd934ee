package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/markup"
	"giaoban/org"
)

//go:embed all:page
var pageFiles embed.FS

// view is what a template sees: who looks, what went wrong, and the page's own Data.
type view struct {
	visitor
	Data      any
	Title     string // what the page is called when its template does not say
	MenuDrawn template.HTML
	Answer    answer // what the act before this page did
	Problems  []fault.Problem
	Status    int
	Back      string   // where the form that was sent stands; "" when none was
	Forget    []string // fields refused as secret
	Again     bool     // the form was only looked at: nothing is done yet
	Lost      []string // what was written in a refused form and does not stand on the page
	FormToken string
	Dev       bool
	dev       bool
	route     route
	menu      []entry
}

func lookOf(tx *db.Tx) (l look, err error) {
	l.now = tx.Now()
	values := make(map[string]string)
	var rows []struct {
		Name  string `db:"name"`
		Value string `db:"value"`
	}
	if err := tx.Select(&rows, "select name, value from setting"); err != nil {
		return l, err
	}
	for _, row := range rows {
		values[row.Name] = row.Value
	}
	l.hours = values[org.Hours]
	l.superior, l.banner, l.clockFrom = values[org.Superior], values[org.Banner], values[org.ClockFrom]
	office, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if fault.Is(err, fault.KindMissing) {
		return l, nil // nothing was entered yet
	}
	l.office = office.Name
	return l, err
}

// By is the actor.
func (v *view) By() access.Actor { return v.Actor }

// Today is the day by the program's clock.
func (v *view) Today() calendar.Date { return calendar.OfInstant(v.now.Time()) }

// Now is the moment by the program's clock.
func (v *view) Now() db.Instant { return v.now }

// Office names the commission in the page's head.
func (v *view) Office() string {
	if v.office == "" {
		return "Giao Ban"
	}
	return v.office
}

// Superior names the body above the commission.
func (v *view) Superior() string { return v.superior }

// Banner is the mark of a sample province, with the day its clock started from.
func (v *view) Banner() string {
	if v.banner == "" || v.clockFrom == "" {
		return v.banner
	}
	return v.banner + " · đồng hồ chạy từ " + v.clockFrom
}

// Hours is when the office works; "" when it has not said.
func (v *view) Hours() string { return v.hours }

// Mark is the banner alone, as papers bear it.
func (v *view) Mark() string { return v.banner }

// Can asks authority for the page: what cannot be done is left out. act is its number in access, body the body's id.
func (v *view) Can(act access.Act, body db.ID) bool { return v.Actor.Can(act, body) }

// OneClick reports whether sign-in without a password is offered here.
func (v *view) OneClick() bool { return v.dev }

// Problem gives the sentence for one field, "" when nothing is wrong with it.
func (v *view) Problem(field string) string {
	for _, p := range v.Problems {
		if p.Field == field {
			return p.Sentence
		}
	}
	return ""
}

// IdleSeconds is when the page asks whether somebody is still there.
func (v *view) IdleSeconds() int { return 30 * 60 }

// badge is a state as pages show it: a shape, a colour and always the word.
type badge struct{ Class, Text string }

var functions = template.FuncMap{
	"address":  address,
	"asset":    assetURL,
	"dayTyped": dayTyped,
	"date":     func(d calendar.Date) string { return d.Vietnamese() },
	"long":     func(d calendar.Date) string { return d.Long() },
	"instant":  func(i db.Instant) string { return i.String() },
	"iso":      func(i db.Instant) string { return i.RFC3339() },
	"number":   func(v int64, decimals int) string { return decimal.FormatVietnamese(v, decimals) },
	"count":    func(n int) string { return decimal.FormatVietnamese(int64(n), 0) },
	"period":   func(p calendar.Period) string { return p.Name() },
	"role":     func(r access.Role) string { return r.Name() },
	"add":      func(a, b int) int { return a + b },
	"join":     func(items []string, by string) string { return strings.Join(items, by) },
	"upper":    strings.ToUpper,
	"lines":    func(s string) []string { return strings.Split(s, "\n") },
	"badge":    func(class, text string) badge { return badge{class, text} },
	"size":     fileSize,
	"capital":  fold.Capital,
	"short":    short,
	"dict":     dict,
	"cited":    cited,
	"list":     func(items ...any) []any { return items },
}

// dayTyped is what stands in the box of a day: the day as people write it, or what was typed, to be mended.
func dayTyped(v any) string {
	switch v := v.(type) {
	case calendar.Date:
		return v.Vietnamese()
	case string:
		if d, err := calendar.ParseDate(v); err == nil {
			return d.Vietnamese()
		}
		return v
	}
	return ""
}

// short cuts a text for the title of a window, where only its beginning is read.
func short(s string) string {
	const most = 80
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if at := strings.LastIndexByte(cut, ' '); at > most/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

func fileSize(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return decimal.FormatVietnamese((n*10+512)>>10, 1) + " KB"
	}
	return decimal.FormatVietnamese((n*10+1<<19)>>20, 1) + " MB"
}

// dict builds a map for a partial that needs more than one thing: key, value, key, value …
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict needs pairs")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict key %v is no text", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

// pages parses a template when it is first shown: starting stays fast however many there are.
type pages struct {
	base  func() (*template.Template, error)
	cache sync.Map
	menus sync.Map // what stands in the menu → the menu drawn
	once  sync.Once
}

// shown is told which template is executed; tests watch that none is left unseen.
var shown = func(name string) {}

func (p *pages) render(w io.Writer, name string, v *view) error {
	shown(name)
	t, err := p.find(name)
	if err != nil {
		return err
	}
	if v.MenuDrawn, err = p.draw(t, v.Menu()); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, "layout", v)
}

// draw gives the menu as pages show it. Who has the same words before them, at the same place, shares the drawing: it is
// a tenth of what a small page costs.
func (p *pages) draw(t *template.Template, groups []menuGroup) (template.HTML, error) {
	if len(groups) == 0 {
		return "", nil
	}
	var key strings.Builder
	for _, g := range groups {
		for _, page := range g.Pages {
			key.WriteString(page.URL)
			if page.Current {
				key.WriteByte('*')
			}
			key.WriteByte(' ')
		}
	}
	if drawn, ok := p.menus.Load(key.String()); ok {
		return drawn.(template.HTML), nil
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, "menu", groups); err != nil {
		return "", err
	}
	p.menus.Store(key.String(), template.HTML(b.String()))
	return template.HTML(b.String()), nil
}

func (p *pages) find(name string) (*template.Template, error) {
	if t, ok := p.cache.Load(name); ok {
		return t.(*template.Template), nil
	}
	p.once.Do(func() {
		p.base = sync.OnceValues(func() (*template.Template, error) {
			partials, err := fs.Glob(pageFiles, "page/*/_*.html")
			if err != nil {
				return nil, err
			}
			return parse(template.New("").Funcs(functions), append(partials, "page/layout.html")...)
		})
	})
	base, err := p.base()
	if err != nil {
		return nil, err
	}
	t, err := parse(template.Must(base.Clone()), "page/"+name+".html")
	if err != nil {
		return nil, err
	}
	p.cache.Store(name, t)
	return t, nil
}

// parse adds templates without the white space that only lays them out.
func parse(t *template.Template, names ...string) (*template.Template, error) {
	for _, name := range names {
		source, err := pageFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		text, err := markup.Squeeze(string(source))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := t.New(path.Base(name)).Parse(text); err != nil {
			return nil, err
		}
	}
	return t, nil
}
