/// The Helm chart, as it renders: what it promises to people who run clusters.
@NullMarked
package dev.bothy.chart;

import org.jspecify.annotations.NullMarked;
