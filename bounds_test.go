package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// told says how a list that is cut tells it: the page and the words there, or why nobody reads a list cut by it.
type told struct{ page, words, why string }

// bounded are all functions of the rooms, the desk and the pages that cut a list. Whoever cuts another one tells it on the
// page, with the way to the rest, and writes here where.
var bounded = map[string]told{
	"desk.appraisals":         {why: "one line says how many more there are and leads to them"},
	"appraisal.List":          {page: "appraisal/list", words: "Trang sau"},
	"appraisal.may":           {why: "offers the likeliest places beside all paragraphs"},
	"archive.Batches":         {page: "archive/list", words: "Các đợt nhập gần đây"},
	"archive.List":            {page: "archive/list", words: "Trang sau"},
	"conference.Units":        {page: "briefing/units", words: "Trang sau"},
	"consolidation.SeriesOf":  {page: "succession/series", words: `aria-label="Số kỳ"`},
	"intake.List":             {page: "incoming/list", words: "Trang sau"},
	"intake.readHead":         {why: "the head of a paper is its first lines"},
	"web.wait":                {page: "incoming/list", words: "văn bản nữa, hiện ra khi vào sổ xong"},
	"report.code":             {why: "makes a code of a name"},
	"level.codeOf":            {why: "makes a code of a name"},
	"web.Read":                {why: "counts bytes of a form"},
	"web.Refused":             {why: "the sentence says how many more"},
	"web.bringList":           {page: "lists/list", words: "dòng nữa không hiện ở đây"},
	"web.rowOf":               {why: "shows the beginning of a hash"},
	"desk.proposals":          {page: "desk/show", words: "Quá hạn từ lâu", why: "one line says how many more there are and leads to them"},
	"desk.reading":            {page: "desk/show", words: "Cả sổ văn bản chỉ đạo"},
	"desk.unserved":           {why: "the sentence says how many more"},
	"directive.Advices":       {page: "directive/advices", words: "chọn kỳ ngắn hơn để thấy hết"},
	"directive.Entries":       {why: "asked again behind the last id until nothing comes"},
	"directive.List":          {page: "directive/list", words: "Trang sau"},
	"directive.Planned":       {page: "desk/show", words: "Cả sổ văn bản chỉ đạo"},
	"directive.again":         {why: "asked again behind the last id until nothing comes"},
	"directive.mentions":      {page: "directive/mentions", words: ".Next"},
	"document.Read":           {why: "reads bytes of a file"},
	"document.head":           {why: "looks at the first lines of a page"},
	"edxml.afterJunk":         {why: "looks at the first bytes of a file"},
	"edxml.inParts":           {why: "looks at the first bytes of a file"},
	"journal.Activity":        {page: "journal/_activity", words: "Chỉ hiện các diễn biến mới nhất"},
	"journal.Latest":          {page: "journal/list", words: "Cũ hơn"},
	"journal.Read":            {why: "a door of programs, which go on behind the last number"},
	"journal.TellDenials":     {why: "written down by hundreds until none is left"},
	"journal.Verify":          {why: "reads on until nothing comes"},
	"journal.verifyLines":     {why: "reads on until nothing comes"},
	"lineage.collect":         {page: "lineage/show", words: "trang này chỉ hiện các bước gần nhất"},
	"paper.List":              {page: "paper/list", words: ".Data.Next"},
	"people.SignIns":          {page: "people/sessions", words: "50 lần gần nhất"},
	"people.within":           {why: "counts failures up to what locks; nobody reads them"},
	"programme.List":          {page: "programme/list", words: "chỉ hiện phần mới nhất"},
	"programme.best":          {why: "names some of the words two texts share"},
	"report.Completeness":     {page: "report/matrix", words: "aria-label=\"Số kỳ\""},
	"report.CompletenessJSON": {why: "a door of programs, which say how many periods they want"},
	"report.Proposals":        {page: "consolidation/proposals", words: "Trang sau"},
	"report.StandingIn":       {page: "report/queue", words: `template "bound"`},
	"report.cumulative":       {why: "a year has no more than twelve periods"},
	"review.Verify":           {why: "reads on until nothing comes"},
	"sample.heard":            {why: "plays the sample, nobody reads it"},
	"sample.answer":           {why: "plays the sample, nobody reads it"},
	"sample.reply":            {why: "plays the sample, nobody reads it"},
	"task.List":               {page: "task/list", words: "Trang sau"},
	"task.Verify":             {why: "reads on until nothing comes"},
	"task.waiting":            {page: "desk/show", words: "Quá hạn từ lâu", why: "one line says how many more there are and leads to them"},
	"web.numberedReply":       {why: "the sentence says how many more"},
	"web.named":               {why: "whoever types is told when several are meant"},
	"web.offers":              {page: "briefing/_head", words: "ghi ký hiệu văn bản có trong sổ"},
	"web.newestOpenings":      {page: "consolidation/list", words: "Các kỳ mới nhất"},
}

// TestEveryBoundOfAListIsTold reads the source: who cuts a list stands in bounded, and the page says so.
func TestEveryBoundOfAListIsTold(t *testing.T) {
	found := make(map[string]string)
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if slices.Contains([]string{"tools", "internal", "official", "cli"}, path) { // no pages of lists
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return boundsIn(path, source, found)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range found {
		if _, ok := bounded[name]; !ok {
			t.Errorf("%s: %s cuts a list and no page is named that tells it", at, name)
		}
	}
	for name, how := range bounded {
		if found[name] == "" {
			t.Errorf("%s cuts no list any more: take it out of bounded", name)
		}
		if how.page == "" {
			continue
		}
		page, err := os.ReadFile("web/page/" + how.page + ".html")
		if err != nil || !strings.Contains(string(page), how.words) {
			t.Errorf("%s: the page %s does not say %q (%v)", name, how.page, how.words, err)
		}
	}
}

// A list that is cut and told nowhere is found: by a query, by a dropped cursor, by the first of a slice.
func TestAnUntoldBoundIsFound(t *testing.T) {
	const planted = `package room

func Newest(tx *db.Tx) (all []Line, err error) {
	err = tx.Select(&all, "select * from line order by at desc\nlimit 300")
	return all, err
}

func page(tx *db.Tx) []Line {
	some, _, _ := List(tx, Filter{State: open, Limit: 50})
	return some
}

func top(all []Line) []Line { return all[:min(4, len(all))] }

func one(tx *db.Tx, l *Line) error { return tx.Get(l, "select * from line limit 1") }
`
	found := make(map[string]string)
	if err := boundsIn("planted.go", []byte(planted), found); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"room.Newest", "room.page", "room.top"} {
		if _, ok := bounded[name]; ok || found[name] == "" {
			t.Errorf("%s was not found: %v", name, found)
		}
	}
	if len(found) != 3 {
		t.Errorf("found %v", found)
	}
}

// cuts is a query with a limit other than one row.
var cuts = regexp.MustCompile(`\blimit (\?|[2-9]|\d\d)`)

// boundsIn gathers the functions of a file that cut a list: by a query, by throwing away where the next page begins, or by
// taking the first of a slice.
func boundsIn(path string, source []byte, found map[string]string) error {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, 0)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := file.Name.Name + "." + fn.Name.Name
		ast.Inspect(fn, func(n ast.Node) bool {
			if cutting(n) {
				found[name] = files.Position(n.Pos()).String()
			}
			return true
		})
	}
	return nil
}

func cutting(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(n.Value)
		return n.Kind == token.STRING && err == nil && cuts.MatchString(text)
	case *ast.SliceExpr: // all[:min(n, len(all))] of a list; texts are cut with a sign of their own
		high, ok := n.High.(*ast.CallExpr)
		if !ok || n.Low != nil {
			return false
		}
		called, ok := high.Fun.(*ast.Ident)
		return ok && called.Name == "min"
	case *ast.AssignStmt: // found, _, err := room.List(…, Filter{…, Limit: n})
		if len(n.Lhs) != 3 || len(n.Rhs) != 1 {
			return false
		}
		dropped, ok := n.Lhs[1].(*ast.Ident)
		return ok && dropped.Name == "_" && limits(n.Rhs[0])
	}
	return false
}

// limits reports whether a call asks for at most several.
func limits(call ast.Node) (yes bool) {
	ast.Inspect(call, func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			key, named := pair.Key.(*ast.Ident)
			one, literal := pair.Value.(*ast.BasicLit)
			yes = yes || named && key.Name == "Limit" && !(literal && one.Value == "1")
		}
		return true
	})
	return yes
}
