-- Series that figures have left hold words of what is no more; from here on they go with the last of their figures.
DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM dated WHERE list = 'series:' || series.id);
