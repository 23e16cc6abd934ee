// Command hostile sends to a server of its own what somebody would who means it harm, and prints what that cost: peak
// memory, what was left on disk, and how long a normal user waited meanwhile. It fails when a promise is broken.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// What is promised.
const (
	mostGrowth = 100 << 20
	mostWait   = 500 * time.Millisecond
	restWithin = 30 * time.Second
)

const passphrase = "sóng biển Nha Trang chiều nay"

func main() {
	bin := flag.String("bin", "", "the program to try; empty: built from here")
	only := flag.String("only", "", "flood, slow or storm; empty: all")
	rest := flag.Duration("rest", restWithin, "how long memory may take to come back")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	broken, err := run(ctx, *bin, *only, *rest)
	if err != nil {
		fmt.Fprintln(os.Stderr, "hostile:", err)
		os.Exit(1)
	}
	for _, b := range broken {
		fmt.Println("BROKEN:", b)
	}
	if len(broken) > 0 {
		os.Exit(1)
	}
}

func run(ctx context.Context, bin, only string, rest time.Duration) (broken []string, err error) {
	dir, err := os.MkdirTemp("", "giaoban-hostile-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if bin == "" {
		bin = filepath.Join(dir, "giaoban")
		if err := command(ctx, "", "go", "build", "-o", bin, "."); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	if err := command(ctx, "", bin, "demo", "--once", "--data", data); err != nil {
		return nil, err
	}
	for login, role := range map[string]string{"nguoi.thuong": "commission_officer", "ke.pha": "speaker"} {
		if err := command(ctx, passphrase+"\n", bin, "user", "add", login, "--name", "Người Thử", "--role", role, "--org", "BTGTU", "--data", data); err != nil {
			return nil, err
		}
	}
	if only == "" || only == "flood" {
		if broken, err = floods(ctx, bin, data, rest); err != nil {
			return broken, err
		}
	}
	for _, try := range []slow{{"slow", 320, 300, again}, {"slow", 2000, 0, again}, {"storm", 320, 300, 0}, {"storm", 2000, 0, 0}} {
		if only != "" && only != try.kind {
			continue
		}
		b, err := try.run(ctx, bin, data)
		if broken = append(broken, b...); err != nil {
			return broken, err
		}
	}
	return broken, nil
}

func command(ctx context.Context, input, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Stdin = strings.NewReader(input)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}
