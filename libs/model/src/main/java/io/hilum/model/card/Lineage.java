package io.hilum.model.card;

import java.util.Map;

/**
 * Where the weights come from.
 *
 * @param startedFrom {@code scratch}, or the weights (name or digest) that training began with
 * @param trainingData what it learned from, in one sentence
 * @param trainingFilms films in the training set
 * @param recipe every setting of the training, by name
 * @param seed of the random generators
 * @param software what trained it
 * @param trainedAt ISO-8601, UTC
 */
public record Lineage(String startedFrom, String trainingData, long trainingFilms, Map<String, String> recipe, long seed,
        String software, String trainedAt) {}
