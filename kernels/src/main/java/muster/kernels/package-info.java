/** Arithmetic over columns in base units, for many candidates at once; knows no YAML, solver, GPU type or vendor. */
package muster.kernels;
