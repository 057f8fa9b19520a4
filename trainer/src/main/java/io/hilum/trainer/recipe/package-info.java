/** How a fine-tuning goes, as a readable file: the published recipes, and anybody's own. */
package io.hilum.trainer.recipe;
