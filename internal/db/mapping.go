package db

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// mapping says which field of a struct type is which column.
type mapping struct {
	columns []string
	paths   [][]int
	byName  map[string][]int
	inserts sync.Map // table → statement
}

var mappings sync.Map // reflect.Type → *mapping

func mappingOf(t reflect.Type) *mapping {
	if m, ok := mappings.Load(t); ok {
		return m.(*mapping)
	}
	m := &mapping{byName: make(map[string][]int)}
	m.collect(t, nil)
	mappings.Store(t, m)
	return m
}

func (m *mapping) collect(t reflect.Type, path []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		here := append(append([]int(nil), path...), i)
		tag, tagged := f.Tag.Lookup("db")
		switch {
		case tagged && tag == "-":
		case tagged:
			m.columns = append(m.columns, tag)
			m.paths = append(m.paths, here)
			m.byName[tag] = here
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			m.collect(f.Type, here)
		}
	}
}

func (m *mapping) insert(table string) string {
	if s, ok := m.inserts.Load(table); ok {
		return s.(string)
	}
	s := "insert into " + table + " (" + strings.Join(m.columns, ", ") + ") values (?" +
		strings.Repeat(", ?", len(m.columns)-1) + ")"
	m.inserts.Store(table, s)
	return s
}

var scannerType = reflect.TypeFor[sql.Scanner]()

// targetsIn are where the columns of rows go in v, which may be scanned into again and again. A struct takes each column
// by its tag, and a column without a field is an error: a query never selects what nobody reads.
func targetsIn(rows *sql.Rows, v reflect.Value) ([]any, error) {
	t := v.Type()
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(scannerType) || t == reflect.TypeFor[time.Time]() {
		return []any{v.Addr().Interface()}, nil
	}
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	m := mappingOf(t)
	targets := make([]any, len(columns))
	for i, name := range columns {
		path, ok := m.byName[name]
		if !ok {
			return nil, fmt.Errorf("db: %s has no field for column %q", t, name)
		}
		targets[i] = v.FieldByIndex(path).Addr().Interface()
	}
	return targets, nil
}
