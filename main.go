// Giao Ban: the system by which a provincial commission coordinates the agencies of its field, from the periodic
// report to the task that is done.
package main

import (
	"os"

	"giaoban/cli"
	_ "giaoban/internal/spare" // first of all
)

func main() { os.Exit(cli.Run(os.Args[1:])) }
