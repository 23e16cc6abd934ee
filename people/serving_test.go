package people

import (
	"testing"

	"giaoban/calendar"
)

// A row of posts without a day between is one service; a gap begins a new one.
func TestServiceIsUnbroken(t *testing.T) {
	d := func(s string) calendar.Date {
		if s == "" {
			return calendar.Date{}
		}
		day, err := calendar.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for name, c := range map[string]struct {
		posts [][2]string
		want  string
	}{
		"one that stands":            {[][2]string{{"2020-01-01", ""}}, "2020-01-01"},
		"two in a row":               {[][2]string{{"2020-01-01", "2021-12-31"}, {"2022-01-01", ""}}, "2020-01-01"},
		"two that overlap":           {[][2]string{{"2020-01-01", ""}, {"2021-06-01", ""}}, "2020-01-01"},
		"a day between":              {[][2]string{{"2020-01-01", "2021-12-30"}, {"2022-01-01", ""}}, "2022-01-01"},
		"entered by mistake":         {[][2]string{{"2021-12-31", "2021-12-30"}, {"2022-01-01", ""}}, "2022-01-01"},
		"in the order of their keys": {[][2]string{{"2022-02-01", ""}, {"2020-01-01", "2020-12-31"}, {"2021-01-01", "2022-01-31"}}, "2020-01-01"},
	} {
		var posts []Post
		for _, p := range c.posts {
			posts = append(posts, Post{ValidFrom: d(p[0]), ValidTo: d(p[1])})
		}
		if got := since(posts, d("2022-03-14")); got != d(c.want) {
			t.Errorf("%s: since %s, want %s", name, got, c.want)
		}
	}
}
