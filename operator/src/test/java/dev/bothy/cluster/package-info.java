/// The chart on a real cluster: what its users do, by Helm, browser and Prometheus.
@NullMarked
package dev.bothy.cluster;

import org.jspecify.annotations.NullMarked;
