/**
 * Stems of the commonest English words, by their counts in 4.6 million words of prose of many kinds. Names and rare
 * words are missing.
 */
export const commonWords: readonly string[] = `
abandoned ability able about above absence academic accept access accessibility accessible accident accommodate
accommodation accompanied accomplished accomplishment accordingly account accuracy accurate accused achieve
achievement across act action active activity actual adapt add addition additional address adequate adhere
adjust adjustments administered admiration adorned adult advance advancement advantage adventure advice advised
advocate affair affect afford affordable afraid afternoon again against age agency ago agree agreement
agricultural agriculture ahead aid aim air aircraft airline airport alarm album alcohol alert algorithms aligns
alike alive all allocate allow almost alone along already also alternative altitude always am amazed amazing
ambiance amenities among amount ample an analysis analyze ancient and anger angry animal anniversary announce
annoying annual another answered answers anticipation anxiety anxious any anymore anyone anything anywhere apart
apartment apologize app appeal appear appearance appliances application appointment appreciate appreciation
approach appropriate approval approved approximately architecture are area argue argument arise army aroma
around arrange arrangements array arrested arrival arrive art article artifact artificial artist artistic
artwork as ash ask asleep aspect assess asset assigned assignment assist assistance assistant associated assure
at ate atmosphere attached attack attend attendance attention attentive attic attire attitude attract
attractions audience audio author authority autumn availability available average avoid awaited awaiting awake
aware awareness away awe awesome back backdrop background backup backyard bad bag bake balance ball band banks
bar barely barked base basement basic basis bath bathroom bathtub battery battle bay be beach beacon beans bear
beautiful beauty became because become bed bedroom bedtime bee beef beekeeping before began begin behavior
behind behold being beliefs believe bell belonging beloved below bench beneath beneficial benefit better between
beverage beyond bicycle big bike bill biodiversity bird birthday biscuit bit black blanket blast blend block
blood bloom blowing blue board boat body bold bond book bookstore boost boots boring born borrow boss both
bottom bought bowl box boy brain brakes branch brand bravery bread break breakfast breath breathtaking breeze
brewed brewing bride bridge brief bright bring bro broke broth brought brush budget bug build built burden
buried burning bus business businessman bustle but butterfly buy buzzing by cabin caf caffeine cake call calm
came camera camp campaign can cancel cancer candidate candles cannot canvas capabilities capable capacity
capital captain captivated captivating capture car carbon cardio careful cargo carrots case cash cast castle
casual cat catch caught cause cautious ceiling celebrate celebration celery celestial cells center central
century ceremony certain chain chair challenge chance change chaos chaotic chapter characteristics characterized
characters charge charity charming chased chat cheaper check cheering cheese chef chemical cherish chess chest
chicken child children chill chips chirping chocolate choice choir choosing chosen church circle circumstances
citizens city civilization claim class classic classical classroom clean clear client climate climb clinical
clock clockmaker close closure clothes clothing cloud club clues coast coastal coat cobblestone code coffee
cognitive cold collaborate collaboration collapse colleagues collect collection college collision color colorful
com combination comfort comfortable comments commerce commercial commitment committee common communicate
communication community company compared compassion compensation competition competitive complained complaint
complete completion complex complexity compliance complimented comply component composed composition
comprehensive computer concentration concept concern concert concise concluded concludes concrete condition
conduct conductor conference confidence confident confirm conflict confused confusion congestion connect
connection connectivity consent consequences conservation consider consideration consistent consists constant
constructed construction consumer consuming consumption contact contain contemporary content contentment context
continue contract contractions contrast contribute contribution control convenience convenient conversation
convey cook cookie cool cooperation copy corner correct cost couch could counter countless country countryside
couple courage course court courteous cover cozy crack craft craftsmanship crash crazy cream create creation
creative creativity credit crew crime criminal crisis crisp criteria critical crop cross crowd crucial cry
crystal cuisine culinary cultural culture cup curiosity curious current curriculum customer customs cut cycle
daily damage damp dance danger dangerous dark darkness data database dataset dates daughter daunting dawn day
dead deadline deafening deal death debate debris debt decade decay deceased decide decision deck decline decor
decorated decorations decrease dedicated dedication deductions deep defendant defense definitely degree delay
delicate delicious delightful deliver demanded demanding demands demeanor demonstrate denied dense dental
dentist depart department departure depending depends depicts deposit depression depth describe description
desert design designated desire desk dessert destination destroyed destruction detail detected detective
determination determine devastated devastating develop development device diary diced did die diet difference
different difficult digital diligently dim dining dinner dioxide dipped direct direction director disappointed
disappointment disaster discipline discount discover discrete discuss discussions disease dish display dispute
disruption disruptive distance distant distinctive distractions distribution district diverse diversity divided
do dock doctor document documentation does dog doing don donations door double dough down downtown draw dread
dream dress drew drink drive drop drove drug drunk dry due durability durable duration during dust duty dynamic
each eager early earn easily eat echoed echoes echoing eco economic economy ecosystem edge editing editor
education educational eerie effect effective effectiveness efficacy efficiency efficient effort eggs eight
either elderly election electric electrical electricity electronic elegant elements else email embark embrace
emergency emissions emotion emotional empathy emphasis emphasized employee employment empty enabling enclosed
encounter encourage encouragement end endless enduring energized energy enforcement engage engagement engine
enhance enjoy enjoyable enough enriching ensemble ensure enter entertainment enthusiasm enthusiast enthusiastic
entire entity entrance entry environment environmental episode equipment equipped era erosion error erupted
eruption escape especially essay essence essential establish establishment estimated ethical evacuate evaluate
even event eventually ever everyday everyone everything everywhere evidence evident evolve exam examination
examine example excellence excellent except exceptional exchange excited excitement exciting exclaimed executive
exercise exhausted exhausting exhibit exhibition existing expand expanse expect expectations expenses expensive
experience experiment expert expertise explain explanation exploration explore express expression extend
extensive extra extreme eye fabric face facility fact factor faded fail failure faint fair fall familiar family
famous fan fantastic far farewell farm farther fascinated fascinating fashion fast father fatigue fault fauna
favor favorite fear feathers feature fee feedback feel feet fell fellow felt fence ferry festival few field
fierce fight figure file fill final finalize finance financial fine fingers finish fire firefighters fireplace
firm first fish fisherman fishermen fit fitness five fix flames flat flavor flavorful flew flexibility flexible
flickered flickering flight floating flood floor flora flour flow flu fluffy fly focus fog follow food foot
football footprint footsteps for force forecast forever forget forgot form formal format formation forward
fossil fostering found foundation four fourth fragility frame free freedom freezing frequency frequent fresh
friend friendship from front frozen fruit frustrated frustrating frustration fuel fulfill fulfillment full fun
function functional functionality funding funds funeral fur furniture further future gain gallery game garage
garden garlic gas gasoline gather gave gear general generate generation generator generous genres get ghost
giant gift girl give glacier glad glass glimpse global globe gloves glow go goal goes going gold gone gonna good
goodbye got government grab grammar grand grandchildren grandmother grant grass grateful gratitude gravitational
gray great green greenery greenhouse greeted grew grid grief grocery groom ground groundbreaking group grow
growth guards guess guest guidance guide guidelines guilty guitar gushing guys gym habitat habits had hair half
hall hand handle handlebars happiness happy harbor hard hardworking harm harmonious harmony harsh harvest has
hat haunting have hazards head headquarters health healthcare hear heart heat heavily heavy hedging height held
help helpful her herbs heritage herself hesitant hesitate hidden hide high highlight hike hikers hill him
himself hiring his historian historic historical history hit hive hobby hole holiday home hometown homework
honest honey honor hope hopeful horizon hospital host hot hotel hour house household how howled howling https
hub hues hug hull hum human humid humidity humor hungry hurricane hurry husband hustle hut hydrated hygiene ice
iconic icy idea ideal identification identify identity if illegal illness illuminated illuminating image imagery
imagination imagine immediate immerse immersive immune impact implement implementation implications importance
important impossible impressed impression impressive improve improvement in incident include income
inconvenience incorrect increase incredible indicating individual indoor industrial industry infectious
influence inform informal information informative infrastructure ingenuity ingredients inhabitants initial
initiatives injury ink inmates innovation innovative inquire insects inside insights insisted inspect inspection
inspiration inspire installation installed instead institution instructions instructor instrument instrumental
insulation insurance integration integrity intelligence intended intense intensity interact interactions
interactive interest interface interior international internet intersection interview interviewee into intricate
introduce invaluable invention inventory invest investigate investigation investment invitation invite invoice
involve is island islanders isn isolated isolation issue it item its itself jewelry job join journal journalist
journey joy judge jury just justice keen keep kept key keyboard kids kilometers kilometre kind kindness king
kitchen km knew knife knocked know knowledge knowledgeable lab labor laboratory lack laid lake land landmark
landscape language laptop large last late laugh laughter launch lava law lawyer lay layout lead leadership leak
learn lease least leave led left legacy legal legs lender length less lesson let level librarian library licence
license lie life lifestyle lifetime light lighthouse lightning like limit line listen lit literary literature
little live ll load loaf loan local locate location lock logistics lonely long look loose lose lost lot loud
love lovers low loyal loyalty luck luggage lunch lush lying machine machinery mad magazine magic magical mail
main maintain maintenance majestic major majority make malfunction man manage management manufacturer
manufacturing map marine maritime markdown marked market marking marks married marvel mass massive master
masterpiece match material math mathematics matter may mayor me meal mean meaningful measure meat mechanical
mechanisms media medical medication medicine medieval medium meet melody melt member membership memorable memory
men mental mention mentor menu mess message met metal meters method methodology meticulous metropolis mice
middle midnight midst might mile milestone military milk mill million mindful mine minerals minimal minimize
minimum minor minute mirror misplaced miss mission mistake mitigate mix mixture mobile mode model modern
moisture mold mom moment money monitor monster month mood moon moonlight more morning mortgage most mother
motivated mountain mountainous mourners mouse move movement movie much mud multiple museum music musical
musician must my myself mysterious mystery named names nap narrow natural nature navigate navigation nd near
nearby neat necessary nectar need negative negotiate neighbor neighborhood neighbour nerves nervous nervousness
nest nestled network never new newspaper next nice night nightmare no nodded non nor normal northern nostalgia
not notable nothing noticed notices notified novel now number numerous nurse nutrients nutritious oasis object
objective observations observe obstacles obtain occasion occasional occupied occur occurrence ocean of off
office official often oil okay old on once one ongoing onions online only onto open operate operation
operational opinion opponent opportunity optimal option or oral orange orbit orchestra order org organic
organization organized organizers organizing original other our ourselves out outage outcome outdoor outside
outskirts outstanding oven over overcome overhead overtime overview overwhelmed overwhelming own pace pack
package page paid pain paint pair palpable pandemic panel panic paper paperwork paragraph parcel parents park
part participants participate participation particular partner pass passenger passion passionate password past
pasta pastries path patience patient patrons pattern pay payment peace peaceful peak pedestrians pen penalties
pension people pepper per perfect perform performers perhaps period permission perseverance
persevered person personal personality personalized personnel perspective pests pet phase phenomena phenomenon
phone photo photograph phrases physical piano pick picnic picture picturesque pie piece pilot pine pink pipe
pivotal pizza place planet plant plastic plate platform play playground pleasant pleased pleasure plenty plumber
pocket podcast poem poet poetry point political politics pollen pollination pollution pond pool poor pop popular
popularity population porch port portion position positive possession possibility post pot potatoes potential
pounding poured pouring power powerful practical practice praised precautions precipitation precise precision
predict prefer preferences premises preparation prepare presence present presentation preserve president press
pressure prestigious pretty prevent previous price pride primary principal principle print prioritize prison
prisoners privacy private proactive probably problem procedures proceed process produce product production
productive productivity professional professor profile profit profound program progress project prominent
promise promote promotion prompt proof proper property proposal proposed prosperity protect protection protocols
proud proven provide proximity pub public published pull pulp purchase purpose pursue push put puzzle quaint
qualifications quality quarrel quarter queen questions quick quiet quite quotation race radio rage railway rain
raindrops rainfall raise ran rang rapid rare rate rather rays rd re reach read readers real reality realize
reason reasonable receive recent reception recharge recipe recognition recognize recommend recommendations
record recover red reduce reduction referee reference reflect reflection refreshed refreshing refrigerator
refund refused regarding regardless regards region registered registration regret regular regulations related
relationship relax relaxation release relentless relevant reliability reliable relief relieved rely remain
remarkable remember remind remote remove renewable renewal renowned rent rental repair repeat replace
replacement replied report representation representative represents reputation request require requirements
reschedule rescue research reservation reserved resident resilience resilient resistance resolution resolve
resort resource respect respectful respond response responsibility responsible rest restaurant restore
restrictions result resume retail retired retirement retreat retrieve return reunion revealed revenue reviewed
reviewing reviews revolutionize rewarding rhythm rich ride right rise risk river road roar robot robust rock
role rolled rolling roof room root rose rotation rough round route routine rows rude rugged ruins ruled rules
run runaway runners rural rush rustling sad sadness safe safety said salad salary sale salt same sample
sanctuary sand sang sank sat satellite satisfaction satisfied satisfying sauce save saw say scale scanning scary
scattered scene scenery scenic scent schedule scholarship school science scientific scientist score scream
screen sculptures sea seafood seamless search season seasonal seat second secret section sector secure security
see seeds seek seem selected selection self sell send sense sensitive sensors sent sentence serene series
serious serve service session set settled seven several severe shade shadow shake shape share sharp shattered
sheet shelf shelter shelves shift shines shining ship shipment shirt shock shoes shone shop shore short shortage
shot should shouting show showcase shut sick side sight sign significance significant silence silent silver
similar simmer simple since sincere sing single sink sipping sis sister sit situated situation six size sk
skeptical skies skill skin sky skyline skyscrapers slang sleek sleep slightly slippery slow small smart
smartphone smell smile smoke smooth snack snow snowfall snowflakes so social socialize society sofa soft
software soil solace solar sold soldiers solitude solution solve some someone something sometimes somewhere son
song soon soothing sophisticated sorry sought soul sound soup source space spaceship spacious spanning spans
speak special specialized specializes species specific specifically speech speed spelling spend spent spices
spirit spoke sports spot spread spring square st stability stable stadium staff stage stakeholders stalls stand
standard staple star stark start state statement station stationary stationery statistical status stay steady
steal steam steep step stick still stock stole stone stood stop storage storm stove stranded strange strategic
strategy stream street strength stress stressful stretch strict strike strings strokes strong struck structural
structure struggle stuck student studio study stuff stumbled stunning sturdy style stylish subjects submission
submit subscribe subscription substantial subway succeed success successful such sudden sugar suggest
suggestions suit suitable sum summit sun sunlight sunset sunshine super supervisor supply support supportive
supposed sure surface surge surprise surrounded surrounding survey survival survive suspect suspicious
sustainability sustainable swam sweet swim swimmers symbol symphony symptoms system table tactics tail take tale
talent talk tall tapestry target task taught tax tea teach team teamwork tears tech technical technique
technological technology teeth tell temperature temporary tenant tender tense tension term terrain terrible test
testament text texture th than thanked that the theater theft their them themselves there these thesis thick
thief thin thing think third this thorough those though thought thousands threat threatening three threw
thrilled thrilling thrive through throughout throw thunder ticket ticking tight time timeline timid tiny tips
tired tirelessly titled to today together told tomatoes tomorrow tone tonight too took tool tooth top topic
tornado total touch tough tour tourism tourist towards towering town toy trace track trade tradition traditional
traffic trail train tranquil tranquility transactions transform transformation transition transparent transport
transportation trapped trash travel travelers treacherous treasure treat treatment tree trembling trends trial
tribute tricky tried trip trouble trove truck true trust truth try tsunami tuned turn twinkling two type
typically umbrella unable unauthorized uncertain uncertainty uncomfortable uncover under understand unexpected
unforeseen unforgettable uniform unique unit universe universities unknown unless unpredictable unrelated unsure
until unusual unwavering unwind up upcoming update upgrade upon upset urban urge us usage use useful user using
usual utilities vacation vaccinated vaccination vaccine valid valley valuable value variety various vary vast ve
vegetable vegetation vehicle vendors venue version very vessel vibrant victim victory video view village virtual
virus visible vision visit visitor visual vital vivid vocabulary vocal voice volcanic volcano volume volunteers
vote voters vulnerable wafted wages wait wake walk wall wallet wandered wandering wanna want warehouse warm
warmth warning was wash waste watch water wave way wealth weapons wear weather web website wedding week weekend
weight welcome well went were wet whatever wheel when where whether which while whisper whistle white who whole
whose wide widespread wife wild wilderness wildlife will willingness win window wings winter wisdom wish with
within without withstand witness woke woman women won wonder wonderful wood wore work workload workout workplace
workshop world worry worse worst worth would woven write written wrong wrote www ya yard year yelling yesterday
yet yoga you young your yourself yummy zoo
`
  .trim()
  .split(/\s+/u);
