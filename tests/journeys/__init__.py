"""Tests of the whole: a package, so that the browser and the site that its tests share end with the last of them."""
