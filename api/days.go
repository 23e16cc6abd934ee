package api

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"

	"github.com/danielgtaylor/huma/v2"
)

// confirmDates is the header in which a program says that days far from today are meant.
const confirmDates = "Confirm-Dates"

var confirmHeader = huma.Param{Name: confirmDates, In: "header", Schema: &huma.Schema{Type: "string"},
	Description: "Những ngày xa hôm nay (quá 10 năm trước, 5 năm sau) mà bên gửi xác nhận là đúng, cách nhau bằng dấu phẩy: 2031-01-01. Không có thì yêu cầu bị từ chối với 422."}

var dateType = reflect.TypeFor[calendar.Date]()

// askFar refuses what would be done with a day outside the span of daily work that nobody said is meant. It looks at
// every day of the input, whatever its name.
func askFar(ctx context.Context, in any, today calendar.Date) error {
	c, _ := ctx.Value(callKey{}).(*call)
	var wrong fault.List
	eachDay(reflect.ValueOf(in), "", func(at string, day calendar.Date) {
		sentence := calendar.Daily.Far(day, today)
		if sentence == "" || c != nil && slices.Contains(c.meant, day.String()) {
			return
		}
		wrong.Add(at, "%s Nếu đúng, gửi lại kèm tiêu đề %s: %s.", strings.TrimSuffix(sentence, " Xin kiểm tra năm; nếu đúng, hãy xác nhận."), confirmDates, day)
	})
	return wrong.Err()
}

// eachDay walks over the days of an input; at is where one stands, "body.due".
func eachDay(v reflect.Value, at string, found func(at string, day calendar.Date)) {
	switch {
	case v.Type() == dateType:
		found(at, v.Interface().(calendar.Date))
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			eachDay(v.Elem(), at, found)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			eachDay(v.Index(i), at, found)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" && !f.Anonymous {
				name = strings.ToLower(f.Name)
			}
			eachDay(v.Field(i), strings.Trim(at+"."+name, "."), found)
		}
	}
}
