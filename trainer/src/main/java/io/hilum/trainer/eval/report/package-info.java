/**
 * What an evaluation found, as data: {@code report.json} is {@link io.hilum.trainer.eval.report.EvaluationReport} written field by
 * field, and the page is drawn from nothing else. A field that cannot be said is null.
 */
package io.hilum.trainer.eval.report;
