/** Fine-tuning: what is learned how fast, batch after batch, until a good model stands in a folder. */
package io.hilum.trainer.train;
