import type { Gender } from './titles.ts'

const MALE_NAMES = new Set(
  (
    'aaron adam adrian ahmed alan albert alex alexander ali andrew andy anthony antonio arthur barack ben benjamin bernard ' +
    'bernie bill bob boris brad brandon brian bruce carl carlos charles charlie chris christopher craig daniel dan dave david ' +
    'dean dennis derek dmitry donald doug douglas ed eddie edward emmanuel eric francis francisco frank fred gary george ' +
    'gerald giorgio glenn gordon graham greg gregory harold harry henry howard hugh ian ibrahim igor ivan jack jacob jake ' +
    'james jamie jared jason javier jean jeff jeffrey jeremy jerry jim jimmy joe joel john johnny jon jonathan jorge jose ' +
    'joseph josh joshua juan justin keith ken kenneth kevin kyle larry lawrence lee leo leonard liam louis lucas luis luke ' +
    'manuel marco marcus mario mark martin matt matthew max michael miguel mike mitch mohamed mohammed muhammad nathan neil ' +
    'newt nicholas nick nigel noah oliver omar oscar otto patrick paul pedro peter phil philip pierre rafael ralph ray ' +
    'raymond rich richard rick rob robert rodney roger ron ronald roy rudy russell ryan sam samuel scott sean sergei seth ' +
    'shane simon stephen steve steven stuart ted terry thomas tim timothy todd tom tony travis tyler victor vincent vladimir ' +
    'volodymyr walter warren wayne william xavier zachary'
  ).split(' ')
)
const FEMALE_NAMES = new Set(
  (
    'abigail agnes alexandra alice alison amanda amber amy ana andrea angela angelina anita ann anna anne annette april ' +
    'ashley barbara beatrice becky bernadette beth betty beverly brenda brigitte brittany camilla carla carly carmen carol ' +
    'caroline carolyn carrie catherine cathy charlotte chelsea cheryl christina christine cindy claire clara claudia ' +
    'condoleezza cynthia daisy dana dawn deborah debbie denise diana diane dolores donna doris dorothy eileen elena eleanor ' +
    'elizabeth ella ellen emily emma erica erin esther eva eve evelyn fatima fiona florence frances gail giorgia gloria ' +
    'grace gwen hannah heather helen hillary ida inga ingrid irene iris isabel isabella ivanka jackie jacqueline jane janet ' +
    'janice jasmine jean-marie jeanne jen jennifer jenny jessica jill joan joanna jodie joyce judith judy julia julie june ' +
    'kamala karen karin karoline kate katherine kathleen kathryn kathy katie kayleigh kelly kellyanne kimberly kirsten ' +
    'kristen kristin laura lauren leah leila leslie lily linda lisa lois loretta lori louise lucia lucy lynn madeleine ' +
    'maggie margaret maria marie marilyn marina marine martha mary maureen megan melania melanie melissa michelle mildred ' +
    'molly monica nadia nancy naomi natalia natalie natasha nicola nicole nikki nina nora olga olivia pamela patricia ' +
    'paula penny phyllis polly priya rachel rebecca renee rita roberta robin rosa rose rosemary ruth sabrina sally samantha ' +
    'sandra sara sarah shannon sharon sheila shirley sofia sonia sophia sophie stacy stella stephanie sue susan suzanne ' +
    'sylvia tammy tara teresa theresa tina tracy ursula valerie vanessa vera veronica victoria virginia wendy whitney ' +
    'yvette yvonne zoe'
  ).split(' ')
)

/** The gender that a common given name of English-language news tells; null for a name that is rare or given to both. */
export function genderOfGivenName(name: string): Gender | null {
  const key = name.toLowerCase()
  return MALE_NAMES.has(key) ? 'male' : FEMALE_NAMES.has(key) ? 'female' : null
}
